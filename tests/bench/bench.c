/* What claims of speed rest on: each figure is measured together with a yardstick in alternating
 * rounds of one run, and printed as a ratio (median, smallest and largest of the rounds) beside its
 * goal. bench PROGRAM TRIVIAL LIBRARY FOLDER        (`make bench`; FOLDER on the disk that is
 * meant) */
#include "child.h"
#include "visit.h"

#include "db/store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { ROUNDS = 7, ANSWERS = 200, STARTS = 20, LONG = 20000, PATH = 1024 };

static const char *program, *trivial, *library;
static char folder[PATH], script[PATH];

static void path_of(char out[PATH], const char *name)
{
    if (snprintf(out, PATH, "%s/%s.db", folder, name) >= PATH)
        give_up("the name of the folder is too long");
}

static void copy(const char *from, const char *to)
{
    static char bytes[1 << 20];
    int in = open(from, O_RDONLY | O_CLOEXEC),
        out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ssize_t n = -1;
    while (in >= 0 && out >= 0 && (n = read(in, bytes, sizeof bytes)) > 0)
        if (write(out, bytes, (size_t)n) != n)
            give_up(to);
    if (n < 0 || fsync(out) || close(in) || close(out))
        give_up(to);
}

/* The command line `run Ada --json` on a practice, or another command of it. */
static const char **command(const char *db, const char *verb, const char *one, const char *two)
{
    static const char *argv[16];
    size_t n = 0;
    argv[n++] = program;
    argv[n++] = "--quiet";
    argv[n++] = "--db";
    argv[n++] = db;
    argv[n++] = "--library";
    argv[n++] = library;
    argv[n++] = verb;
    argv[n++] = one;
    argv[n++] = two;
    argv[n] = NULL;
    return argv;
}

/* Puts answers `from` to `to` into the file at once, each as like the first one as an answer of the
 * program. */
static void fill(struct store *s, struct arena *a, int from, int to)
{
    struct store_journey *j;
    struct store_event *first, *events = arena_alloc(a, (size_t)(to - from + 1) * sizeof *events);
    size_t n, m;
    bool conflict = false;
    struct err e = {0};
    if (!store_journey_list(s, a, STR(""), &j, &n, &e) || n != 1 ||
        !store_event_list(s, a, j->id, 0, &first, &m, &e))
        give_up(e.text);
    for (int i = from; i <= to; i++) {
        events[i - from] = first[0];
        events[i - from].key = str_format(a, "ask/more#%d", i);
    }
    if (!store_begin(s, &e) ||
        !store_event_append(s, j->id, (int64_t)m, events, (size_t)(to - from + 1), &conflict, &e) ||
        conflict || !store_commit(s, &e))
        give_up(e.text);
}

/* A practice with one journey and `answers` answers in it; returns its path. */
static void practice_with(const char *name, int answers)
{
    static struct child c;
    char path[PATH], line[1 << 12];
    path_of(path, name);
    (void)unlink(path);
    child_run(command(path, "client", "add", "Ada"));
    child_run(command(path, "start", "Ada", "bench"));
    if (answers == 0)
        return;
    child_start(&c, command(path, "run", "Ada", "--json"));
    child_hear(&c, line, sizeof line);
    child_say(&c, "{\"answer\":{\"ask/more\":\"something of the usual length\"}}\n");
    child_hear(&c, line, sizeof line);
    (void)child_end(&c);
    struct store *s;
    struct err e = {0};
    struct arena *a = arena_new();
    if (!store_open(path, &(struct store_options){.create = false}, &s, &e))
        give_up(e.text);
    if (answers > 1)
        fill(s, a, 2, answers);
    store_close(s);
    arena_free(a);
}

static int ascending(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, ascending);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* One line of the result.  `goal` 0: none is set. */
static void print(const char *name, double *ratios, double goal, double ours, double theirs,
                  const char *unit)
{
    double middle = median(ratios, ROUNDS);
    printf("%-52s %6.2f  %6.2f..%-6.2f ", name, middle, ratios[0], ratios[ROUNDS - 1]);
    if (goal > 0)
        printf("%5.1f  %-6s", goal, middle <= goal ? "met" : "missed");
    else
        printf("    -        ");
    printf("  (%.3g %s, yardstick %.3g)\n", ours, unit, theirs);
    (void)fflush(stdout);
}

/* ---- the program ---- */

static void expect_view(struct child *c, char *line, size_t room)
{
    child_hear(c, line, room);
    if (strncmp(line, "{\"type\":\"view\"", 14) != 0) {
        fprintf(stderr, "bench: instead of a view came %s\n", line);
        exit(1);
    }
}

/* Answers `n` questions after the first `from`; the median milliseconds from a line to the next
 * view. */
static double answer(const char *path, int from, int n, struct memory *m, double *cpu)
{
    static struct child c;
    static double times[ANSWERS];
    static char line[1 << 16];
    char text[128];
    child_start(&c, command(path, "run", "Ada", "--json"));
    expect_view(&c, line, sizeof line);
    for (int i = 0; i < n; i++) {
        int number = from + i + 1;
        (void)snprintf(text, sizeof text,
                       number > 1
                           ? "{\"answer\":{\"ask/more#%d\":\"some words of the usual length\"}}\n"
                           : "{\"answer\":{\"ask/more\":\"some words of the usual length\"}}\n",
                       number);
        double start = now_ms();
        child_say(&c, text);
        if (m)
            memory_look(m, c.pid);
        expect_view(&c, line, sizeof line);
        times[i] = now_ms() - start;
    }
    if (m)
        memory_look(m, c.pid);
    *cpu = child_end(&c);
    return n > 0 ? median(times, (size_t)n) : 0;
}

/* Milliseconds from the start of a program to its first line: median of several starts. */
static double first_line(const char *const *argv, int starts)
{
    static struct child c;
    static char line[1 << 16];
    double times[STARTS];
    for (int i = 0; i < starts; i++) {
        double start = now_ms();
        child_start(&c, argv);
        child_hear(&c, line, sizeof line);
        times[i] = now_ms() - start;
        (void)child_end(&c);
    }
    return median(times, (size_t)starts);
}

/* ---- the yardstick: the least that SQLite does for one durable answer ---- */

static void sql(sqlite3 *db, const char *text)
{
    if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
        give_up(sqlite3_errmsg(db));
}

static double cpu_now(void)
{
    struct rusage used;
    (void)getrusage(RUSAGE_SELF, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
        (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

static sqlite3 *bare_open(void)
{
    sqlite3 *db;
    char path[PATH];
    path_of(path, "bare");
    (void)unlink(path);
    if (sqlite3_open(path, &db) != SQLITE_OK)
        give_up(path);
    sql(db,
        "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        "CREATE TABLE event(journey TEXT, seq INTEGER, kind TEXT, key TEXT, value BLOB, at INTEGER,"
        " PRIMARY KEY(journey, seq)) STRICT, WITHOUT ROWID");
    return db;
}

/* Inserts and commits `n` rows, one by one: the median milliseconds, and the CPU of each. */
static double bare(int n, double *cpu)
{
    static double times[ANSWERS];
    sqlite3 *db = bare_open();
    sqlite3_stmt *insert;
    if (sqlite3_prepare_v2(
            db,
            "INSERT INTO event VALUES('019378c4-0000-7000-8000-000000000000', ?1, 'answered',"
            " 'ask/more', x'736f6d6520776f726473', 1795000000000)",
            -1, &insert, NULL) != SQLITE_OK)
        give_up(sqlite3_errmsg(db));
    double begin = cpu_now();
    for (int i = 0; i < n; i++) {
        double start = now_ms();
        sql(db, "BEGIN IMMEDIATE");
        (void)sqlite3_bind_int(insert, 1, i + 1);
        if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK)
            give_up(sqlite3_errmsg(db));
        sql(db, "COMMIT");
        times[i] = now_ms() - start;
    }
    *cpu = (cpu_now() - begin) / n;
    (void)sqlite3_finalize(insert);
    (void)sqlite3_close(db);
    return median(times, (size_t)n);
}

/* ---- the five figures ---- */

/* (a): a journey of 200 answers, from its first question. */
static void measure_answers(void)
{
    double ratios[ROUNDS], ours = 0, theirs = 0, cpu;
    char empty[PATH], path[PATH];
    path_of(empty, "empty");
    path_of(path, "round");
    for (int i = 0; i < ROUNDS; i++) {
        copy(empty, path);
        ours = answer(path, 0, ANSWERS, NULL, &cpu);
        theirs = bare(ANSWERS, &cpu);
        ratios[i] = ours / theirs;
    }
    print("an answer to the next question / a bare commit", ratios, 1.5, ours, theirs, "ms");
}

/* KiB of the trivial program at its largest.  wait4 would tell the size of who started it, if that
 * was larger. */
static long least_memory(const char *path)
{
    static struct child c;
    static struct memory m;
    char line[64];
    m.n = 0;
    child_start(&c, (const char *const[]){trivial, path, script, "start", NULL});
    child_hear(&c, line, sizeof line);
    memory_look(&m, c.pid);
    (void)child_end(&c);
    return memory_largest(&m);
}

/* (e): the same journey, looked at after every answer. */
static void measure_memory(void)
{
    static struct memory m;
    double largest[ROUNDS], sums[ROUNDS], cpu;
    long least = 0;
    char empty[PATH], path[PATH];
    path_of(empty, "empty");
    path_of(path, "round");
    for (int i = 0; i < ROUNDS; i++) {
        m.n = 0;
        copy(empty, path);
        (void)answer(path, 0, ANSWERS, &m, &cpu);
        least = least_memory(path);
        largest[i] = (double)memory_largest(&m) / (double)least;
        sums[i] = (double)memory_sum(&m) / (double)least;
    }
    print("memory of the largest process / trivial program", largest, 2,
          (double)memory_largest(&m) / 1024, (double)least / 1024, "MiB");
    print("memory of all processes / trivial program", sums, 2, (double)memory_sum(&m) / 1024,
          (double)least / 1024, "MiB");
}

/* (b), (c): from the start of the process to the next question of a journey that is there. */
static void measure_start(const char *name, const char *journey, const char *what, double goal,
                          int starts)
{
    double ratios[ROUNDS], ours = 0, theirs = 0;
    char path[PATH];
    path_of(path, journey);
    for (int i = 0; i < ROUNDS; i++) {
        ours = first_line(command(path, "run", "Ada", "--json"), starts);
        theirs = first_line((const char *const[]){trivial, path, script, what, NULL}, starts);
        ratios[i] = ours / theirs;
    }
    print(name, ratios, goal, ours, theirs, "ms");
}

/* (d): CPU of one more answer when there are `n` already, over that of a bare commit, or over
 * `most` milliseconds if that is what it may take. */
static void measure_cpu(const char *name, const char *journey, int n, double most)
{
    enum { MORE = 40 };
    double ratios[ROUNDS], ours = 0, theirs = 0;
    char from[PATH], path[PATH];
    double with, without;
    path_of(from, journey);
    path_of(path, "round");
    for (int i = 0; i < ROUNDS; i++) {
        copy(from, path);
        (void)answer(path, n, 0, NULL, &without);
        (void)answer(path, n, MORE, NULL, &with);
        if (most > 0)
            theirs = most;
        else
            (void)bare(ANSWERS, &theirs);
        ours = (with - without) / MORE;
        ratios[i] = ours / theirs;
    }
    print(name, ratios, most > 0 ? 1 : 0, ours, theirs, "ms");
}

/* ---- documents ---- */

/* A practice with the worked journey of the demo, from its answer files. */
static void practice_of_demo(void)
{
    char path[PATH], file[PATH];
    path_of(path, "demo");
    (void)unlink(path);
    child_run(command(path, "client", "add", "Ada"));
    child_run(command(path, "start", "Ada", "business-model"));
    for (int i = 1; i <= 3; i++) {
        if (snprintf(file, PATH, "workflows/business-model/demo/sitting-%d.yaml", i) >= PATH)
            give_up("the name of a file is too long");
        const char **argv = command(path, "answer", "Ada", "--file");
        argv[9] = file;
        argv[10] = NULL;
        child_run(argv);
    }
}

/* (f), (g): CPU of a document with all children, over what it may take. */
static void measure_document(const char *name, const char *verb, const char *ending, double most)
{
    static struct child c;
    double ratios[ROUNDS], ours = 0;
    char path[PATH], file[PATH];
    path_of(path, "demo");
    if (snprintf(file, PATH, "%s/%s.%s", folder, verb, ending) >= PATH)
        give_up("the name of a file is too long");
    for (int i = 0; i < ROUNDS; i++) {
        const char **argv = command(path, verb, "Ada", "--output");
        argv[9] = file;
        argv[10] = "--force";
        argv[11] = NULL;
        child_start(&c, argv);
        ours = child_end(&c);
        ratios[i] = ours / most;
    }
    print(name, ratios, 1, ours, most, "ms");
}

/* ---- pages ---- */

/* CPU of a page of the worked journey, while the server holds it open, over what it may take. */
static void measure_page(const char *name, const char *page, double most)
{
    enum { VISITS = 20 };
    double ratios[ROUNDS], ours = 0;
    char path[PATH];
    path_of(path, "demo");
    const char **serve = command(path, "serve", "--port", "0");
    for (int i = 0; i < ROUNDS; i++) {
        double first = visit(serve, page, 1);
        ours = (visit(serve, page, 1 + VISITS) - first) / VISITS;
        ratios[i] = ours / most;
    }
    print(name, ratios, 1, ours, most, "ms");
}

int main(int argc, char **argv)
{
    if (argc != 5 || snprintf(folder, PATH, "%s", argv[4]) >= PATH ||
        snprintf(script, PATH, "%s/scripts/bench.lua", argv[3]) >= PATH) {
        fprintf(stderr, "usage: bench PROGRAM TRIVIAL LIBRARY FOLDER\n");
        return 2;
    }
    program = argv[1];
    trivial = argv[2];
    library = argv[3];
    practice_with("empty", 0);
    practice_with("short", ANSWERS);
    practice_with("middle", 400);
    practice_with("longer", 2000);
    practice_with("long", LONG);
    printf("%-52s %6s  %-14s %5s\n", "", "median", "spread", "goal");
    measure_answers();
    measure_start("start to the next question / trivial program", "short", "start", 2, STARTS);
    measure_start("resuming 20,000 answers / reading their rows", "long", "rows", 4, 3);
    measure_cpu("CPU of an answer after 200 / of a bare commit", "short", ANSWERS, 0);
    measure_cpu("CPU of an answer after 400 / ten milliseconds", "middle", 400, 10);
    measure_cpu("CPU of an answer after 2,000 / of a bare commit", "longer", 2000, 0);
    measure_memory();
    practice_of_demo();
    measure_document("CPU of a canvas as PDF / 0.2 s", "canvas", "pdf", 200);
    measure_document("CPU of a plan as PDF / 0.5 s", "plan", "pdf", 500);
    measure_document("CPU of a plan as HTML / 0.5 s", "plan", "html", 500);
    measure_document("CPU of a plan as DOCX / 0.5 s", "plan", "docx", 500);
    measure_page("CPU of the session room / 0.1 s", "", 100);
    measure_page("CPU of the plan's page / 0.15 s", "/plan?for=coach", 150);
    measure_page("CPU of the page of all papers / 0.15 s", "/papers", 150);
    return 0;
}
