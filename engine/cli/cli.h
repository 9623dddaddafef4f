/* The commands.  One table (table.c) says what there is; help, "did you mean" and the manual are
 * made from it.  A command gets its options and arguments parsed; it opens what it needs through
 * the helpers below and returns false with `e` set when it refuses.  Data goes to stdout, messages
 * to stderr. */
#ifndef ESPALIER_CLI_CLI_H
#define ESPALIER_CLI_CLI_H

#include "practice/journey.h"

#define ESPALIER_VERSION "0.1.0"

enum { OPTIONS_MAX = 24, ARGS_MAX = 256 };
enum { JSON_LINE_MAX = 256 << 10 }; /* bytes of a line of `run --json` */

struct cli {
    struct arena *a;           /* of this command */
    struct script_host *host;  /* started before anything was opened */
    struct practice *practice; /* after cli_practice */
    struct str language;       /* --lang, else of the environment: "en" or "fr" */
    const char *db;            /* --db */
    struct library library;    /* --library, ESPALIER_LIBRARY, the coach's own folder */
    bool json, no_input, quiet, force;
    const char *args[ARGS_MAX]; /* what follows the command's name */
    int n_args;
    struct {
        const char *name, *value; /* value: "" for an option without one */
    } options[OPTIONS_MAX];
    int n_options;
    json_t *problems; /* what an error consists of, for --json; or NULL */
    int status;       /* exit status of a command that did its work but has bad news */
};

/* The value of an option, NULL if it was not given. */
const char *cli_option(const struct cli *c, const char *name);

/* An argument as text. */
struct str cli_arg(const struct cli *c, int i);

/* The path of the practice file, by --db, ESPALIER_DB, XDG_DATA_HOME, HOME.  Lives in c->a. */
MUST_USE bool cli_path(struct cli *c, const char **path, struct err *e);

/* Opens the practice (made on first use if `create`) unless it is open; closed by main. */
MUST_USE bool cli_practice(struct cli *c, bool create, struct err *e);

/* The client named by the first argument, and the handle of the journey that --journey or the open
 * one means.  The caller closes the journey. */
MUST_USE bool cli_client(struct cli *c, struct store_client *out, struct err *e);
MUST_USE bool cli_journey(struct cli *c, struct journey **out, struct err *e);

/* From now on refusals are in the language of what the journey gives out: --lang, else its own. */
void cli_speak(const struct cli *c, const struct journey *j);

/* The value of KEY=VALUE (a new reference): YAML where it is a list, a map or in quotes; else plain
 * text, whatever signs are in it. */
json_t *cli_read_value(struct arena *a, struct str value);

/* Prints to stdout.  cli_print_json takes the reference. */
void cli_print(struct str text);
void cli_print_json(struct cli *c, json_t *value);

/* A message for the person, to stderr, unless --quiet. */
void cli_say(const struct cli *c, const char *format, ...) PRINTF_LIKE(2, 3);

/* Prints messages for authors, as text: where they are the data, and where they are why a command
 * refuses. In the second case --json puts them into the error. */
void cli_print_diags(struct cli *c, const struct diags *d);
void cli_refuse_diags(struct cli *c, const struct diags *d);

/* {"key","ask"} of the question that is due in a view (a new reference), or JSON null. */
json_t *cli_next(const json_t *view);

/* Says what comes next in the journey, and the command for it. */
void cli_say_next(struct cli *c, const json_t *view);

/* If the script failed in this view: says so and makes the command end with status 70. */
void cli_say_trouble(struct cli *c, const json_t *view);

/* The same for a journey, whose view is of no other interest. */
void cli_check_trouble(struct cli *c, struct journey *j);

/* Writes text to -o FILE (with --json stdout then says {"written":FILE}), or to stdout. */
MUST_USE bool cli_deliver(struct cli *c, struct str text, struct err *e);

/* Writes a table (document/csv.h) to -o FILE, marked for spreadsheets, or to stdout; --raw without
 * guards. */
MUST_USE bool cli_deliver_table(struct cli *c, const json_t *table, struct err *e);

/* Columns of the terminal on stdout; 80 where there is none. */
size_t cli_width(void);

/* How far something is that takes more than a second: a line on the terminal of stderr that comes
 * and goes; nothing elsewhere. */
struct cli_progress {
    const char *what;
    bool wanted, shown;
    int64_t next; /* when it is shown again, of clock_steady */
};
struct cli_progress cli_progress_begin(const struct cli *c, const char *what);
void cli_progress_tick(void *progress, size_t done, size_t of);
void cli_progress_end(struct cli_progress *p);

/* Prints a topic of help; false if there is none of that name. */
bool help_topic(struct cli *c, struct str name);

/* One row of the table each. */
bool command_client_add(struct cli *c, struct err *e);
bool command_client_list(struct cli *c, struct err *e);
bool command_client_show(struct cli *c, struct err *e);
bool command_start(struct cli *c, struct err *e);
bool command_status(struct cli *c, struct err *e);
bool command_run(struct cli *c, struct err *e);
bool command_answer(struct cli *c, struct err *e);
bool command_skip(struct cli *c, struct err *e);
bool command_back(struct cli *c, struct err *e);
bool command_undo(struct cli *c, struct err *e);
bool command_redo(struct cli *c, struct err *e);
bool command_review(struct cli *c, struct err *e);
bool command_history(struct cli *c, struct err *e);
bool command_note(struct cli *c, struct err *e);
bool command_notes(struct cli *c, struct err *e);
bool command_plan(struct cli *c, struct err *e);
bool command_canvas(struct cli *c, struct err *e);
bool command_template(struct cli *c, struct err *e);
bool command_book(struct cli *c, struct err *e);
bool command_prep(struct cli *c, struct err *e);
bool command_schema(struct cli *c, struct err *e);
bool command_calendar(struct cli *c, struct err *e);
bool command_hours(struct cli *c, struct err *e);
bool command_export(struct cli *c, struct err *e);
bool command_worksheet(struct cli *c, struct err *e);
bool command_worksheet_import(struct cli *c, struct err *e);
bool command_why(struct cli *c, struct err *e);
bool command_what_if(struct cli *c, struct err *e);
bool command_check(struct cli *c, struct err *e);
bool command_test(struct cli *c, struct err *e);
bool command_explain(struct cli *c, struct err *e);
bool command_doctor(struct cli *c, struct err *e);
bool command_demo(struct cli *c, struct err *e);
bool command_ui(struct cli *c, struct err *e);
bool command_serve(struct cli *c, struct err *e);
bool command_help(struct cli *c, struct err *e);
bool command_version(struct cli *c, struct err *e);

/* run --json: JSON lines on the standard streams (INTERFACES.md section 2). */
MUST_USE bool json_lines_run(struct journey *j, struct err *e);

#endif
