#include "child.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void give_up(const char *what)
{
    fflush(stdout);
    fprintf(stderr, "bench: ");
    perror(what);
    exit(1);
}

double now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void child_start(struct child *c, const char *const *argv)
{
    int to[2], from[2];
    if (pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC))
        give_up("pipe");
    c->n = 0;
    c->in = to[1];
    c->out = from[0];
    c->pid = vfork();
    if (c->pid < 0)
        give_up("fork");
    if (c->pid == 0) {
        (void)dup2(to[0], STDIN_FILENO);
        (void)dup2(from[1], STDOUT_FILENO);
        execv(argv[0], (char *const *)(size_t)argv);
        _exit(127);
    }
    (void)close(to[0]);
    (void)close(from[1]);
}

void child_say(const struct child *c, const char *line)
{
    size_t n = strlen(line);
    if (write(c->in, line, n) != (ssize_t)n)
        give_up("the program does not listen");
}

void child_hear(struct child *c, char *line, size_t room)
{
    char *end;
    while (!(end = memchr(c->text, '\n', c->n))) {
        ssize_t got = read(c->out, c->text + c->n, sizeof c->text - c->n);
        if (got <= 0)
            give_up("the program went without a word");
        c->n += (size_t)got;
    }
    size_t n = (size_t)(end - c->text);
    (void)snprintf(line, room, "%.*s", (int)n, c->text);
    c->n -= n + 1;
    memmove(c->text, end + 1, c->n);
}

static double milliseconds(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

double child_end(struct child *c)
{
    struct rusage used;
    int status;
    char rest[4096];
    (void)close(c->in);
    while (read(c->out, rest, sizeof rest) > 0)
        continue;
    (void)close(c->out);
    if (wait4(c->pid, &status, 0, &used) != c->pid || status != 0)
        give_up("the program failed");
    return milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
}

void child_run(const char *const *argv)
{
    static struct child c;
    child_start(&c, argv);
    (void)child_end(&c);
}

static long high_water(pid_t pid)
{
    char path[64], line[256];
    long size = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (strncmp(line, "VmHWM:", 6) == 0)
            size = strtol(line + 6, NULL, 10);
    if (f)
        (void)fclose(f);
    return size;
}

static void note(struct memory *m, pid_t pid, int generation)
{
    long size = high_water(pid);
    size_t i = 0;
    while (i < m->n && m->seen[i].pid != pid)
        i++;
    if (i == sizeof m->seen / sizeof m->seen[0])
        return;
    if (i == m->n) {
        m->n++;
        m->seen[i].pid = pid;
        m->seen[i].size = 0;
        m->seen[i].worker = generation >= 2;
    }
    if (size > m->seen[i].size)
        m->seen[i].size = size;
}

static void descend(struct memory *m, pid_t pid, int generation)
{
    char path[64], text[1024] = "";
    note(m, pid, generation);
    (void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    FILE *f = fopen(path, "re");
    if (!f || !fgets(text, sizeof text, f))
        text[0] = '\0';
    if (f)
        (void)fclose(f);
    for (char *at = text, *end; generation < 4; at = end) {
        pid_t child = (pid_t)strtol(at, &end, 10);
        if (end == at)
            break;
        descend(m, child, generation + 1);
    }
}

void memory_look(struct memory *m, pid_t pid)
{
    descend(m, pid, 0);
}

long memory_sum(const struct memory *m)
{
    long sum = 0, worker = 0;
    for (size_t i = 0; i < m->n; i++)
        if (!m->seen[i].worker)
            sum += m->seen[i].size;
        else if (m->seen[i].size > worker)
            worker = m->seen[i].size;
    return sum + worker;
}

long memory_largest(const struct memory *m)
{
    long largest = 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->seen[i].size > largest)
            largest = m->seen[i].size;
    return largest;
}
