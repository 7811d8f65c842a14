/* Faults between a program and the system, by LD_PRELOAD.
 *
 * QD_FAULTS holds a rule a line, its fields parted by tabs:
 *
 *   kinds   below   from   times   action
 *
 * From the `from`th call of one of these kinds (parted by commas, or `any`)
 * that concerns the path `below` or one below it, `times` calls (0: all that
 * follow) meet the action:
 *
 *   a number    the call fails with that errno
 *   short       a read or write moves half of its bytes
 *   kill N      signal N before the call; `after N` after it; `tear N` after
 *               half of a write
 *   pause       the file QD_DIR/paused appears; the call goes on once
 *               QD_DIR/go is there
 *   count       nothing; how many calls there were of each kind is written to
 *               QD_DIR/counts at the end
 *
 * QD_CLOCK is added to the wall clock, in seconds.
 *
 * Three calls are made without the C library, `openat`, `renameat2` and
 * `syncfs`: those are caught by a seccomp filter that raises SIGSYS. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

enum kind { OPEN, READ, WRITE, LIST, STAT, RESOLVE, MKDIR, RENAME, EXCHANGE, UNLINK, FSYNC, SETTLE, TRUNCATE, LOCK, THREAD, KINDS };
static const char *const NAMES[KINDS] = {"open", "read", "write", "list", "stat", "resolve", "mkdir", "rename", "exchange", "unlink", "fsync", "settle", "truncate", "lock", "thread"};

enum action { FAIL, SHORT, BEFORE, AFTER, TEAR, PAUSE, COUNT };
/* What a call is told beside an errno. */
enum { GO_ON = 0, HALF = -1, THEN_DIE = -2, HALF_THEN_DIE = -3 };

struct rule {
    int kinds;
    char below[1024];
    long from, times, seen;
    enum action action;
    int number;
};
static struct rule rules[4];
static int rule_count;
static long counts[KINDS];
static long clock_shift;
static int counting;
static char dir[1024];

/* Marks a call of our own, so that the filter lets it pass. */
#define OURS 0x51D5

static void mark(const char *name, const char *text) {
    char path[1100];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    int file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600, 0, OURS);
    if (file >= 0) {
        syscall(SYS_write, file, text, strlen(text));
        syscall(SYS_close, file);
    }
}

static void strike(int number) {
    syscall(SYS_kill, syscall(SYS_getpid), number);
    /* Another thread may be the one that is hit: this one goes no further. */
    for (;;) {
        struct timespec pause = {1, 0};
        syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &pause, NULL);
    }
}

static void wait_for_go(const char *path) {
    char go[1100];
    snprintf(go, sizeof go, "%s/go", dir);
    mark("paused", path);
    for (int tries = 0; tries < 30000; tries++) {
        if (syscall(SYS_faccessat, AT_FDCWD, go, F_OK) == 0) return;
        struct timespec pause = {0, 1000000};
        syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &pause, NULL);
    }
}

static int concerns(const struct rule *rule, const char *path) {
    size_t length = strlen(rule->below);
    return length == 0 || (path && strncmp(path, rule->below, length) == 0);
}

static int decide(enum kind kind, const char *path, const char *other, int *number) {
    int told = GO_ON;
    for (int at = 0; at < rule_count; at++) {
        struct rule *rule = &rules[at];
        if (!(rule->kinds >> kind & 1)) continue;
        if (!concerns(rule, path) && !(other && concerns(rule, other))) continue;
        if (rule->action == COUNT) {
            __atomic_add_fetch(&counts[kind], 1, __ATOMIC_SEQ_CST);
            continue;
        }
        long turn = __atomic_add_fetch(&rule->seen, 1, __ATOMIC_SEQ_CST);
        if (turn < rule->from || (rule->times && turn >= rule->from + rule->times)) continue;
        *number = rule->number;
        if (turn == rule->from) mark("struck", path ? path : "");
        switch (rule->action) {
        case FAIL: return rule->number;
        case SHORT: told = HALF; break;
        case BEFORE: strike(rule->number); break;
        case AFTER: told = THEN_DIE; break;
        case TEAR: told = HALF_THEN_DIE; break;
        case PAUSE: wait_for_go(path ? path : ""); break;
        case COUNT: break;
        }
    }
    return told;
}

/* The path of an open file. */
static const char *path_of(int file, char *buffer, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, buffer, size - 1);
    buffer[length > 0 ? length : 0] = 0;
    return buffer;
}

static const char *path_at(int folder, const char *path, char *buffer, size_t size) {
    if (path && path[0] == '/') return path;
    char above[2048] = "";
    if (folder == AT_FDCWD) {
        if (syscall(SYS_getcwd, above, sizeof above) < 0) above[0] = 0;
    } else {
        path_of(folder, above, sizeof above);
    }
    if (path && path[0])
        snprintf(buffer, size, "%s/%s", above, path);
    else
        snprintf(buffer, size, "%s", above);
    return buffer;
}

#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define MEET(kind, path, other, failure, call) \
    int number = 0, saved = errno; \
    int told = rule_count ? decide(kind, path, other, &number) : GO_ON; \
    if (told > 0) { errno = told; return failure; } \
    errno = saved; \
    __typeof__(call) result = (call); \
    if (told == THEN_DIE || told == HALF_THEN_DIE) strike(number); \
    return result

#define ROOM char room[4096]; char room2[4096]; (void)room; (void)room2

ssize_t read(int file, void *bytes, size_t count) {
    REAL(read); ROOM;
    if (!rule_count) return real(file, bytes, count);
    MEET(READ, path_of(file, room, sizeof room), NULL, -1,
         real(file, bytes, told == HALF && count > 1 ? (count > 64 ? 64 : count / 2) : count));
}

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(write); ROOM;
    if (!rule_count) return real(file, bytes, count);
    MEET(WRITE, path_of(file, room, sizeof room), NULL, -1,
         real(file, bytes, (told == HALF || told == HALF_THEN_DIE) && count > 1 ? count / 2 : count));
}

DIR *fdopendir(int file) {
    REAL(fdopendir); ROOM;
    MEET(LIST, path_of(file, room, sizeof room), NULL, NULL, real(file));
}

struct dirent64 *readdir64(DIR *folder) {
    REAL(readdir64); ROOM;
    MEET(LIST, path_of(dirfd(folder), room, sizeof room), NULL, NULL, real(folder));
}

int statx(int folder, const char *restrict path, int flags, unsigned mask, struct statx *restrict found) {
    REAL(statx); ROOM;
    MEET(STAT, path_at(folder, path, room, sizeof room), NULL, -1, real(folder, path, flags, mask, found));
}

int stat64(const char *restrict path, struct stat64 *restrict found) {
    REAL(stat64); ROOM;
    MEET(STAT, path_at(AT_FDCWD, path, room, sizeof room), NULL, -1, real(path, found));
}

int lstat64(const char *restrict path, struct stat64 *restrict found) {
    REAL(lstat64); ROOM;
    MEET(STAT, path_at(AT_FDCWD, path, room, sizeof room), NULL, -1, real(path, found));
}

int fstat64(int file, struct stat64 *found) {
    REAL(fstat64); ROOM;
    MEET(STAT, path_of(file, room, sizeof room), NULL, -1, real(file, found));
}

char *realpath(const char *restrict path, char *restrict into) {
    REAL(realpath); ROOM;
    MEET(RESOLVE, path_at(AT_FDCWD, path, room, sizeof room), NULL, NULL, real(path, into));
}

ssize_t readlink(const char *restrict path, char *restrict into, size_t size) {
    REAL(readlink); ROOM;
    MEET(RESOLVE, path_at(AT_FDCWD, path, room, sizeof room), NULL, -1, real(path, into, size));
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir); ROOM;
    MEET(MKDIR, path_at(AT_FDCWD, path, room, sizeof room), NULL, -1, real(path, mode));
}

int rename(const char *from, const char *to) {
    REAL(rename); ROOM;
    MEET(RENAME, path_at(AT_FDCWD, to, room, sizeof room), path_at(AT_FDCWD, from, room2, sizeof room2), -1, real(from, to));
}

int unlink(const char *path) {
    REAL(unlink); ROOM;
    MEET(UNLINK, path_at(AT_FDCWD, path, room, sizeof room), NULL, -1, real(path));
}

int rmdir(const char *path) {
    REAL(rmdir); ROOM;
    MEET(UNLINK, path_at(AT_FDCWD, path, room, sizeof room), NULL, -1, real(path));
}

int unlinkat(int folder, const char *path, int flags) {
    REAL(unlinkat); ROOM;
    MEET(UNLINK, path_at(folder, path, room, sizeof room), NULL, -1, real(folder, path, flags));
}

int fsync(int file) {
    REAL(fsync); ROOM;
    MEET(FSYNC, path_of(file, room, sizeof room), NULL, -1, real(file));
}

int ftruncate64(int file, off64_t length) {
    REAL(ftruncate64); ROOM;
    MEET(TRUNCATE, path_of(file, room, sizeof room), NULL, -1, real(file, length));
}

int flock(int file, int operation) {
    REAL(flock); ROOM;
    MEET(LOCK, path_of(file, room, sizeof room), NULL, -1, real(file, operation));
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict how, void *(*main)(void *), void *restrict with) {
    REAL(pthread_create);
    int number = 0;
    int told = rule_count ? decide(THREAD, NULL, NULL, &number) : GO_ON;
    return told > 0 ? told : real(thread, how, main, with);
}

int clock_gettime(clockid_t which, struct timespec *now) {
    int result = syscall(SYS_clock_gettime, which, now);
    if (result == 0 && which == CLOCK_REALTIME) now->tv_sec += clock_shift;
    return result;
}

#if defined __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define ARGUMENT(context, at) ((context)->uc_mcontext.gregs[(int[]){REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8}[at]])
#define RESULT(context) ((context)->uc_mcontext.gregs[REG_RAX])
#elif defined __aarch64__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define ARGUMENT(context, at) ((context)->uc_mcontext.regs[at])
#define RESULT(context) ((context)->uc_mcontext.regs[0])
#endif

#ifdef ARCHITECTURE
static void caught(int signal, siginfo_t *info, void *context_) {
    (void)signal;
    ucontext_t *context = context_;
    int saved = errno, number = 0, told;
    long result;
    ROOM;
    if (info->si_syscall == SYS_openat) {
        int folder = ARGUMENT(context, 0);
        const char *path = (const char *)ARGUMENT(context, 1);
        enum kind kind = ARGUMENT(context, 2) & O_DIRECTORY ? LIST : OPEN;
        told = decide(kind, path_at(folder, path, room, sizeof room), NULL, &number);
        result = told > 0 ? -1 : syscall(SYS_openat, folder, path, ARGUMENT(context, 2), ARGUMENT(context, 3), 0, OURS);
    } else if (info->si_syscall == SYS_syncfs) {
        int file = ARGUMENT(context, 0);
        told = decide(SETTLE, path_of(file, room, sizeof room), NULL, &number);
        result = told > 0 ? -1 : syscall(SYS_syncfs, file, 0, 0, 0, 0, OURS);
    } else {
        int from = ARGUMENT(context, 0), to = ARGUMENT(context, 2);
        const char *one = (const char *)ARGUMENT(context, 1), *other = (const char *)ARGUMENT(context, 3);
        told = decide(EXCHANGE, path_at(to, other, room, sizeof room), path_at(from, one, room2, sizeof room2), &number);
        result = told > 0 ? -1 : syscall(SYS_renameat2, from, one, to, other, ARGUMENT(context, 4), OURS);
    }
    RESULT(context) = result < 0 ? -(told > 0 ? told : errno) : result;
    if (told == THEN_DIE || told == HALF_THEN_DIE) strike(number);
    errno = saved;
}

static void catch_raw_calls(void) {
    struct sigaction action = {.sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_NODEFER};
    struct sock_filter lines[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 0, 6),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 2, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_syncfs, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OURS, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
    };
    struct sock_fprog program = {sizeof lines / sizeof *lines, lines};
    sigaction(SIGSYS, &action, NULL);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
        mark("no-seccomp", strerror(errno));
}
#else
static void catch_raw_calls(void) { mark("no-seccomp", "another architecture"); }
#endif

static int kinds_of(char *text) {
    int kinds = 0;
    char *rest = NULL;
    for (char *name = strtok_r(text, ",", &rest); name; name = strtok_r(NULL, ",", &rest))
        for (int kind = 0; kind < KINDS; kind++)
            if (strcmp(name, "any") == 0 || strcmp(name, NAMES[kind]) == 0) kinds |= 1 << kind;
    return kinds;
}

static void action_of(struct rule *rule, const char *text) {
    static const struct { const char *name; enum action action; } known[] = {
        {"short", SHORT}, {"kill", BEFORE}, {"after", AFTER}, {"tear", TEAR}, {"pause", PAUSE}, {"count", COUNT}};
    rule->action = FAIL;
    rule->number = atoi(text);
    for (size_t at = 0; at < sizeof known / sizeof *known; at++) {
        size_t length = strlen(known[at].name);
        if (strncmp(text, known[at].name, length) == 0) {
            rule->action = known[at].action;
            rule->number = atoi(text + length);
        }
    }
    counting |= rule->action == COUNT;
}

__attribute__((constructor)) static void begin(void) {
    /* Whoever runs the tests under nohup has it ignored: nothing would end. */
    signal(SIGHUP, SIG_DFL);
    const char *faults = getenv("QD_FAULTS"), *shift = getenv("QD_CLOCK"), *at = getenv("QD_DIR");
    snprintf(dir, sizeof dir, "%s", at ? at : "");
    clock_shift = shift ? atol(shift) : 0;
    int raw = 0, read = 0;
    static char text[8192];
    snprintf(text, sizeof text, "%s", faults ? faults : "");
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line && read < 4; line = strtok_r(NULL, "\n", &rest), read++) {
        char *fields[5];
        for (int field = 0; field < 5; field++) fields[field] = strsep(&line, "\t");
        struct rule *rule = &rules[read];
        rule->kinds = kinds_of(fields[0]);
        snprintf(rule->below, sizeof rule->below, "%s", fields[1]);
        rule->from = atol(fields[2]);
        rule->times = atol(fields[3]);
        action_of(rule, fields[4]);
        raw |= rule->kinds & (1 << OPEN | 1 << LIST | 1 << EXCHANGE | 1 << SETTLE);
    }
    /* What the program runs in turn is left alone. */
    unsetenv("LD_PRELOAD");
    if (raw) catch_raw_calls();
    rule_count = read;
}

__attribute__((destructor)) static void end(void) {
    if (!counting) return;
    char text[1024] = "";
    for (int kind = 0; kind < KINDS; kind++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s %ld\n", NAMES[kind], counts[kind]);
    mark("counts", text);
}
