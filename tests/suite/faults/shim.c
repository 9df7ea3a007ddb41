/* A file layer that fails: loaded before the C library (LD_PRELOAD), it stands between SQLite and the kernel and
 * lets some calls on the database and its log fail, as a disk does that is broken, full or pulled out.
 *
 * Orders come over a board: a file of 64-bit numbers that is mapped here and written by shim.rs, so that they
 * outlive the process that fails. Which calls are struck follows from the seed and from how many went before; what
 * the threads of the process make of it differs from run to run.
 *
 * It never lies: a call that answers well has done its work. Reading, the shared memory beside the log, and every
 * other file are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum kind { WRITE_EIO, WRITE_ENOSPC, WRITE_TORN, WRITE_SHORT, SYNC_EIO, TRUNCATE_EIO, KINDS, NONE = KINDS };
#define WRITES (1u << WRITE_EIO | 1u << WRITE_ENOSPC | 1u << WRITE_TORN | 1u << WRITE_SHORT)
#define SYNCS (1u << SYNC_EIO)
#define TRUNCATES (1u << TRUNCATE_EIO)

/* The same numbers in the same order stand in shim.rs. */
struct board {
    _Atomic uint64_t left;          /* faults that may still strike; none: all is well */
    _Atomic uint64_t one_in;        /* one call of so many is struck */
    _Atomic uint64_t seed;
    _Atomic uint64_t kinds;         /* which kinds, a bit each */
    _Atomic uint64_t calls;         /* calls on our files so far */
    _Atomic uint64_t struck[KINDS]; /* what was done, by kind */
};

static struct board *board;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
    const char *path = getenv("FAULTS_BOARD");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *mapped = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (mapped != MAP_FAILED)
        board = mapped;
}

static int ends_with(const char *text, ssize_t length, const char *end) {
    ssize_t tail = (ssize_t)strlen(end);
    return length >= tail && memcmp(text + length - tail, end, (size_t)tail) == 0;
}

/* Whether this is the database or its log. */
static int is_ours(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path);
    return ends_with(path, length, "/casero.db") || ends_with(path, length, "/casero.db-wal");
}

/* splitmix64, by Sebastiano Vigna. */
static uint64_t mixed(uint64_t number) {
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9u;
    number = (number ^ (number >> 27)) * 0x94D049BB133111EBu;
    return number ^ (number >> 31);
}

/* What befalls this call, of the kinds that fit it. */
static enum kind befalls(int fd, uint64_t fitting) {
    if (!board || atomic_load(&board->left) == 0 || !is_ours(fd))
        return NONE;
    fitting &= atomic_load(&board->kinds);
    uint64_t call = atomic_fetch_add(&board->calls, 1);
    uint64_t dice = mixed(atomic_load(&board->seed) + (call + 1) * 0x9E3779B97F4A7C15u);
    if (!fitting || dice % atomic_load(&board->one_in) != 0)
        return NONE;
    uint64_t skip = (dice >> 32) % (uint64_t)__builtin_popcountll(fitting);
    enum kind kind = 0;
    while (!(fitting >> kind & 1) || skip-- > 0)
        kind++;
    for (uint64_t left = atomic_load(&board->left); left > 0;) {
        if (atomic_compare_exchange_weak(&board->left, &left, left - 1)) {
            atomic_fetch_add(&board->struck[kind], 1);
            return kind;
        }
    }
    return NONE;
}

/* How much of a write is done: all, half, or nothing. */
static size_t done_of(enum kind kind, size_t length) {
    switch (kind) {
    case WRITE_EIO:
    case WRITE_ENOSPC:
        return 0;
    case WRITE_TORN:
    case WRITE_SHORT:
        return length / 2;
    default:
        return length;
    }
}

static ssize_t answer(enum kind kind, ssize_t written) {
    if (kind == WRITE_EIO || kind == WRITE_ENOSPC || kind == WRITE_TORN) {
        errno = kind == WRITE_ENOSPC ? ENOSPC : EIO;
        return -1;
    }
    return written;
}

ssize_t write(int fd, const void *bytes, size_t length) {
    enum kind kind = length > 1 ? befalls(fd, WRITES) : NONE;
    size_t some = done_of(kind, length);
    return answer(kind, some || !length ? real_write(fd, bytes, some) : 0);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
    enum kind kind = length > 1 ? befalls(fd, WRITES) : NONE;
    size_t some = done_of(kind, length);
    return answer(kind, some || !length ? real_pwrite(fd, bytes, some, at) : 0);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) { return pwrite(fd, bytes, length, at); }

static int fails(int fd, uint64_t fitting) {
    if (befalls(fd, fitting) == NONE)
        return 0;
    errno = EIO;
    return 1;
}

int fsync(int fd) { return fails(fd, SYNCS) ? -1 : real_fsync(fd); }

int fdatasync(int fd) { return fails(fd, SYNCS) ? -1 : real_fdatasync(fd); }

int ftruncate(int fd, off_t length) { return fails(fd, TRUNCATES) ? -1 : real_ftruncate(fd, length); }

int ftruncate64(int fd, off_t length) { return ftruncate(fd, length); }
