//! A request as it is written, byte by byte, so that nothing tidies its path.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

/// Whose name and password a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Nobody,
    /// Leadership's name with a wrong password.
    Wrong,
    Board,
    Leadership,
}

impl Who {
    pub fn authorization(self) -> Option<&'static str> {
        match self {
            Who::Nobody => None,
            // leadership:board-secret, board:board-secret, leadership:lead-secret
            Who::Wrong => Some("Basic bGVhZGVyc2hpcDpib2FyZC1zZWNyZXQ="),
            Who::Board => Some("Basic Ym9hcmQ6Ym9hcmQtc2VjcmV0"),
            Who::Leadership => Some("Basic bGVhZGVyc2hpcDpsZWFkLXNlY3JldA=="),
        }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    /// Sends `METHOD TARGET` to a port and reads the answer to its end. A
    /// server that hangs up without one gives status 0.
    pub fn to(port: u16, method: &str, target: &str, who: Who) -> Reply {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        // Only so that a fault fails the test in place of hanging it.
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let given = who
            .authorization()
            .map_or(String::new(), |value| format!("Authorization: {value}\r\n"));
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\n{given}Connection: close\r\n\r\n",
            super::DOMAIN
        );
        let mut bytes = Vec::new();
        // A server may refuse before it has read all, and reset.
        let _ = stream.write_all(request.as_bytes());
        let _ = stream.read_to_end(&mut bytes);
        Reply::of(&bytes)
    }

    fn of(bytes: &[u8]) -> Reply {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let Some(end) = end else {
            return Reply {
                status: 0,
                headers: Vec::new(),
                body: bytes.to_owned(),
            };
        };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let headers = head.lines().skip(1).filter_map(|line| {
            let (name, value) = line.split_once(':')?;
            Some((name.to_ascii_lowercase(), value.trim().to_owned()))
        });
        Reply {
            status: head[9..12].parse().unwrap(),
            headers: headers.collect(),
            body: bytes[end + 4..].to_owned(),
        }
    }

    /// A header's value, and none if it is there twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        let name = name.to_ascii_lowercase();
        let mut values = self.headers.iter().filter(|(known, _)| *known == name);
        let value = values.next().map(|(_, value)| value.as_str());
        value.filter(|_| values.next().is_none())
    }
}
