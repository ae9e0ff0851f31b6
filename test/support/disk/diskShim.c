/*
 * Preloaded into a relay: writes down what it asks of the disk for its database, makes such calls fail, makes every sync slow.
 *
 *   DISK_TRACE       file that the calls are appended to (readTrace.ts has the format)
 *   DISK_FAIL_AT     the first call to fail, counted from 1; 0 or absent: none
 *   DISK_FAIL_FROM   sync: the first call to fail is the first sync from that one on; main: the first call for the database file itself, which is
 *                    written when the WAL is copied into it
 *   DISK_FAIL_TIMES  how many calls fail in a row; 1 when absent
 *   DISK_FAIL        EIO, ENOSPC or SHORT (a write that stops half way; a sync then fails with EIO)
 *   DISK_SYNC_MS     what each fsync of any file takes longer: "10", or "5-20" for anything between, evenly
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { OP_WRITE = 1, OP_SYNC = 2, OP_TRUNCATE = 3, OP_UNLINK = 4 };
enum { FILE_MAIN = 0, FILE_WAL = 1, FILE_JOURNAL = 2, FILE_FOLDER = 3, FILE_NONE = 255 };
enum { FAILED = 0, DONE = 1, CUT_SHORT = 2 };

static const char database[] = "calepin.sqlite";

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static long calls = 0;
static long fail_at = 0;
static long fail_times = 1;
static const char *fail_from = "";
static long failing_since = 0;
static const char *fail_kind = "";
static double least_ms = 0, most_ms = 0;

static long number(const char *name, long otherwise) {
  const char *value = getenv(name);
  return value ? atol(value) : otherwise;
}

static void setup(void) {
  const char *file = getenv("DISK_TRACE");
  const char *kind = getenv("DISK_FAIL");
  const char *from = getenv("DISK_FAIL_FROM");
  const char *slow = getenv("DISK_SYNC_MS");
  if (file) trace = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND, 0600);
  fail_at = number("DISK_FAIL_AT", 0);
  fail_times = number("DISK_FAIL_TIMES", 1);
  fail_from = from ? from : "";
  fail_kind = kind ? kind : "";
  if (slow && sscanf(slow, "%lf-%lf", &least_ms, &most_ms) == 1) most_ms = least_ms;
}

/* False where only syncs are slowed down: then everything else passes as if nothing were there. */
static int watches(void) {
  pthread_once(&once, setup);
  return trace >= 0;
}

static uint64_t now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (uint64_t)at.tv_sec * 1000000000ull + (uint64_t)at.tv_nsec;
}

static int file_named(const char *path) {
  const char *name = strstr(path, database);
  if (!name) return FILE_NONE;
  name += sizeof database - 1;
  if (!*name) return FILE_MAIN;
  if (!strcmp(name, "-wal")) return FILE_WAL;
  if (!strcmp(name, "-journal")) return FILE_JOURNAL;
  return FILE_NONE;
}

/* Which file of the database a descriptor is of. */
static int file_of(int fd) {
  char link[64], path[4096];
  struct stat about;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return FILE_NONE;
  path[length] = 0;
  int file = file_named(path);
  if (file == FILE_NONE && path[0] == '/' && fstat(fd, &about) == 0 && S_ISDIR(about.st_mode)) return FILE_FOLDER;
  return file;
}

static void put(int op, int file, int outcome, uint64_t begun, int64_t where, const void *data, uint32_t length) {
  unsigned char head[32] = {(unsigned char)op, (unsigned char)file, (unsigned char)outcome, 0};
  uint64_t ended = now();
  memcpy(head + 4, &length, 4);
  memcpy(head + 8, &begun, 8);
  memcpy(head + 16, &ended, 8);
  memcpy(head + 24, &where, 8);
  syscall(SYS_write, trace, head, sizeof head);
  if (length) syscall(SYS_write, trace, data, (size_t)length);
}

/* Counts a call. 1 when it is one to fail. */
static int fails(int op, int file) {
  calls += 1;
  int is_first = !strcmp(fail_from, "sync") ? op == OP_SYNC : !strcmp(fail_from, "main") ? file == FILE_MAIN : 1;
  if (!failing_since && fail_at > 0 && calls >= fail_at && is_first) failing_since = calls;
  return failing_since && calls < failing_since + fail_times;
}

static ssize_t record_write(int fd, int file, const void *data, size_t length, int64_t where, int at_place) {
  uint64_t begun = now();
  size_t wanted = length;
  int outcome = DONE;
  if (fails(OP_WRITE, file)) {
    if (strcmp(fail_kind, "SHORT") || length < 2) {
      put(OP_WRITE, file, FAILED, begun, where, NULL, 0);
      errno = !strcmp(fail_kind, "ENOSPC") ? ENOSPC : EIO;
      return -1;
    }
    wanted = length / 2;
    outcome = CUT_SHORT;
  }
  ssize_t done = at_place ? syscall(SYS_pwrite64, fd, data, wanted, where) : syscall(SYS_write, fd, data, wanted);
  if (done > 0) put(OP_WRITE, file, outcome, begun, where, data, (uint32_t)done);
  return done;
}

static int really_sync(int fd, int data_only) { return (int)syscall(data_only ? SYS_fdatasync : SYS_fsync, fd); }

static int record_sync(int fd, int file, int data_only) {
  uint64_t begun = now();
  if (fails(OP_SYNC, file)) {
    put(OP_SYNC, file, FAILED, begun, 0, NULL, 0);
    errno = !strcmp(fail_kind, "ENOSPC") ? ENOSPC : EIO;
    return -1;
  }
  int result = really_sync(fd, data_only);
  put(OP_SYNC, file, result == 0 ? DONE : FAILED, begun, 0, NULL, 0);
  return result;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t where) {
  int file = watches() ? file_of(fd) : FILE_NONE;
  if (file == FILE_NONE) return syscall(SYS_pwrite64, fd, data, length, where);
  pthread_mutex_lock(&lock);
  ssize_t done = record_write(fd, file, data, length, where, 1);
  pthread_mutex_unlock(&lock);
  return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t where) { return pwrite64(fd, data, length, where); }

ssize_t write(int fd, const void *data, size_t length) {
  int file = fd > 2 && watches() ? file_of(fd) : FILE_NONE;
  if (file == FILE_NONE) return syscall(SYS_write, fd, data, length);
  pthread_mutex_lock(&lock);
  ssize_t done = record_write(fd, file, data, length, (int64_t)lseek(fd, 0, SEEK_CUR), 0);
  pthread_mutex_unlock(&lock);
  return done;
}

static int sync_either(int fd, int data_only) {
  int file = watches() ? file_of(fd) : FILE_NONE;
  if (most_ms > 0) {
    double ms = least_ms + (most_ms - least_ms) * (double)(now() % 1000003) / 1000003;
    struct timespec wait = {(time_t)(ms / 1000), (long)(ms * 1e6) % 1000000000};
    nanosleep(&wait, NULL);
  }
  if (file == FILE_NONE) return really_sync(fd, data_only);
  pthread_mutex_lock(&lock);
  int result = record_sync(fd, file, data_only);
  pthread_mutex_unlock(&lock);
  return result;
}

int fsync(int fd) { return sync_either(fd, 0); }
int fdatasync(int fd) { return sync_either(fd, 1); }

int ftruncate64(int fd, off64_t length) {
  int file = watches() ? file_of(fd) : FILE_NONE;
  if (file == FILE_NONE) return (int)syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&lock);
  uint64_t begun = now();
  int result = (int)syscall(SYS_ftruncate, fd, length);
  if (result == 0) put(OP_TRUNCATE, file, DONE, begun, length, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int unlink(const char *path) {
  int file = watches() ? file_named(path) : FILE_NONE;
  if (file == FILE_NONE) return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  pthread_mutex_lock(&lock);
  uint64_t begun = now();
  int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (result == 0) put(OP_UNLINK, file, DONE, begun, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return result;
}
