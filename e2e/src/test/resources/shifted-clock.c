/* Preloaded into processes, it moves the wall clocks of those that stand in the file that SHIFTED_CLOCK names: pairs
   of a process id and seconds, looked at each time. Clocks that nobody can set stay as they are. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define PAIRS 2

struct pair {
    int64_t process;
    int64_t seconds;
};

static volatile const struct pair *pairs;
static int64_t own;

static int64_t shift(void) {
    for (int i = 0; pairs && i < PAIRS; i++) {
        if (pairs[i].process == own) {
            return pairs[i].seconds;
        }
    }
    return 0;
}

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("SHIFTED_CLOCK");
    own = getpid();
    int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    if (file >= 0) {
        void *bytes = mmap(NULL, PAIRS * sizeof(struct pair), PROT_READ, MAP_SHARED, file, 0);
        if (bytes != MAP_FAILED) {
            pairs = bytes;
        }
        close(file);
    }
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        now->tv_sec += shift();
    }
    return result;
}

int gettimeofday(struct timeval *now, void *zone) {
    int result = syscall(SYS_gettimeofday, now, zone);
    if (result == 0) {
        now->tv_sec += shift();
    }
    return result;
}

time_t time(time_t *now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now) {
        *now = exact.tv_sec;
    }
    return exact.tv_sec;
}
