/* What a shell script lacks to look at the program from outside.
 *   aid json [PATH] < TEXT    TEXT is one JSON document: prints what stands at PATH ("open.0.key";
 *                             "#" counts), texts without quotes; status 1 if nothing is there, 2
 *                             if it is not one document
 *   aid lines < TEXT          every line is one JSON object, or status 2; prints the type of each
 *   aid lock FILE             holds the file as another program would that writes to it, until its
 *                             input ends
 *   aid sql FILE STATEMENTS   changes a database behind the program's back
 * Without a word it tries itself. */
#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *read_all(size_t *n)
{
    size_t room = 1 << 16;
    char *text = malloc(room);
    *n = 0;
    for (size_t got = 1; text && got > 0; *n += got) {
        if (room - *n < 2)
            text = realloc(text, room *= 2);
        if (text)
            got = fread(text + *n, 1, room - *n - 1, stdin);
    }
    if (!text)
        exit(3);
    text[*n] = '\0';
    return text;
}

static json_t *member(const json_t *value, const char *name)
{
    if (strcmp(name, "#") == 0)
        return json_integer(
            (json_int_t)(json_is_array(value) ? json_array_size(value) : json_object_size(value)));
    json_t *inner = json_is_array(value) ? json_array_get(value, (size_t)strtoul(name, NULL, 10))
                                         : json_object_get(value, name);
    return json_incref(inner);
}

static int print_at(const char *text, size_t n, char *path, FILE *to)
{
    json_error_t fault;
    json_t *value = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
    if (!value)
        return 2;
    char *rest = NULL;
    for (char *name = strtok_r(path, ".", &rest); name && value;
         name = strtok_r(NULL, ".", &rest)) {
        json_t *inner = member(value, name);
        json_decref(value);
        value = inner;
    }
    if (!value)
        return 1;
    if (json_is_string(value))
        (void)fputs(json_string_value(value), to);
    else
        (void)json_dumpf(value, to, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
    (void)fputc('\n', to);
    json_decref(value);
    return 0;
}

static int show_lines(const char *text, size_t n)
{
    for (size_t from = 0; from < n;) {
        const char *end = memchr(text + from, '\n', n - from);
        size_t length = end ? (size_t)(end - text) - from : n - from;
        char path[] = "type";
        if (!end || print_at(text + from, length, path, stdout) != 0)
            return 2;
        from += length + 1;
    }
    return 0;
}

static int change(const char *file, const char *statements, int hold)
{
    sqlite3 *db;
    char c;
    if (sqlite3_open(file, &db) != SQLITE_OK ||
        sqlite3_exec(db, statements, NULL, NULL, NULL) != SQLITE_OK) {
        (void)fprintf(stderr, "%s\n", sqlite3_errmsg(db));
        return 1;
    }
    if (hold) {
        (void)puts("held");
        (void)fflush(stdout);
        while (read(STDIN_FILENO, &c, 1) > 0)
            continue;
    }
    (void)sqlite3_close(db);
    return 0;
}

static int try_self(void)
{
    char good[] = "a.1", none[] = "b", bad[] = "a";
    FILE *nowhere = fopen("/dev/null", "w");
    if (!nowhere)
        return 1;
    int ok = print_at("{\"a\":[1,2]}", 11, good, nowhere) == 0 &&
        print_at("{}", 2, none, nowhere) == 1 && print_at("{} {}", 5, bad, nowhere) == 2;
    (void)fclose(nowhere);
    return !ok;
}

int main(int argc, char **argv)
{
    size_t n;
    char empty[] = "";
    if (argc < 2)
        return try_self();
    if (strcmp(argv[1], "json") == 0) {
        char *text = read_all(&n);
        int status = print_at(text, n, argc > 2 ? argv[2] : empty, stdout);
        free(text);
        return status;
    }
    if (strcmp(argv[1], "lines") == 0) {
        char *text = read_all(&n);
        int status = show_lines(text, n);
        free(text);
        return status;
    }
    if (strcmp(argv[1], "lock") == 0 && argc == 3)
        return change(argv[2], "BEGIN EXCLUSIVE", 1);
    if (strcmp(argv[1], "sql") == 0 && argc == 4)
        return change(argv[2], argv[3], 0);
    return 64;
}
