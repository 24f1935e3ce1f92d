/*
 * Put before the C library with LD_PRELOAD, makes fsync and fdatasync of the journal fail or slow.
 * KHOKA_FAIL_WHEN names a file: while it is there, they fail with EIO.
 * KHOKA_SLOW_WHEN names a file: while it is there, they take 200 ms.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_there(const char *variable) {
  const char *file = getenv(variable);
  return file != NULL && access(file, F_OK) == 0;
}

static int is_journal(int descriptor) {
  char link[64];
  char path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) {
    return 0;
  }
  path[length] = 0;
  return strstr(path, "journal") != NULL;
}

static int sync_with(const char *name, int descriptor) {
  if (is_journal(descriptor)) {
    if (is_there("KHOKA_SLOW_WHEN")) {
      usleep(200 * 1000);
    }
    if (is_there("KHOKA_FAIL_WHEN")) {
      errno = EIO;
      return -1;
    }
  }
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return real(descriptor);
}

int fsync(int descriptor) { return sync_with("fsync", descriptor); }

int fdatasync(int descriptor) { return sync_with("fdatasync", descriptor); }
