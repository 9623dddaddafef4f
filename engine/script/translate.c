/* Error messages of Lua itself in the author's words. */
#include "script/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cuts "name.lua:12: " off the front and keeps the line. */
static struct str without_place(struct run *r, struct str message, struct fault *f)
{
    for (size_t at = str_find(message, STR(":"), 0); at < message.n;
         at = str_find(message, STR(":"), at + 1)) {
        size_t i = at + 1;
        while (i < message.n && message.p[i] >= '0' && message.p[i] <= '9')
            i++;
        if (i == at + 1 || i > at + 7 || str_find(str_part(message, i, i + 2), STR(": "), 0) != 0 ||
            i + 2 > message.n)
            continue;
        struct str name = str_part(message, 0, at);
        char file[256];
        (void)snprintf(file, sizeof file, "%.*s", STR_ARG(name));
        if (!json_object_get(r->sources, file))
            return message;
        f->file = str_copy(r->a, name);
        f->line = (int)strtol(message.p + at + 1, NULL, 10);
        return str_part(message, i + 2, message.n);
    }
    return message;
}

/* The name in "(local 'first')", "(field 'what')" and the like; empty if Lua knows none. */
static struct str name_in(struct str message, struct str *kind)
{
    size_t open = str_find(message, STR(" ("), 0);
    size_t quote = str_find(message, STR("'"), open);
    size_t end = str_find(message, STR("'"), quote + 1);
    *kind = STR("");
    if (open >= quote || quote == message.n || end == message.n)
        return STR("");
    *kind = str_trim(str_part(message, open + 2, quote));
    return str_part(message, quote + 1, end);
}

static void explain_missing(struct run *r, struct fault *f, struct str name, const char *use)
{
    f->code = "E305";
    f->word = name;
    f->help = STR("A question that was skipped or not asked yet gives nil.\n"
                  "Ask first whether there is a value: if NAME then ... end");
    f->text = name.n > 0
        ? str_format(r->a, "\"%.*s\" has no value here (nil), but %s", STR_ARG(name), use)
        : str_format(r->a, "there is no value here (nil), but %s", use);
}

static void explain_call(struct run *r, struct fault *f, struct str name, struct str message)
{
    f->word = name;
    if (str_find(message, STR("call a nil value"), 0) < message.n) {
        f->code = "E302";
        f->text = name.n > 0 ? str_format(r->a, "there is no function \"%.*s\"", STR_ARG(name))
                             : STR("a function is called here that does not exist");
        f->help = STR(
            "Correct the spelling, or define it before this line: local function NAME() ... end");
        return;
    }
    f->code = "E306";
    f->text = name.n > 0 ? str_format(r->a, "\"%.*s\" is not a function", STR_ARG(name))
                         : STR("what is called here is not a function");
    f->help = STR("Only functions can be followed by brackets or by a text in quotes.");
}

static void explain_attempt(struct run *r, struct fault *f, struct str message)
{
    static const struct {
        const char *attempt, *nil_use, *text, *help;
    } rows[] = {
        {"index a ", "a part of it is asked for", "only lists and tables have parts",
         "Look at what this name holds: a text, a number and yes/no have no parts."},
        {"perform arithmetic on ", "a calculation needs it", "this cannot be calculated with",
         "Only numbers can be calculated with; an amount of money has .number."},
        {"concatenate a ", "a text is made with it", "this cannot be joined to a text",
         "Only texts and numbers can be joined with `..`; use join(list) for lists."},
        {"compare ", "it is compared", "these two cannot be compared",
         "Compare numbers with numbers and texts with texts."},
        {"get length of a ", "its length is asked for", "this has no length", "Use count(list)."},
    };
    struct str kind, name = name_in(message, &kind);
    if (str_find(message, STR("attempt to call a "), 0) < message.n) {
        explain_call(r, f, name, message);
        return;
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (str_find(message, str_of(rows[i].attempt), 0) == message.n)
            continue;
        bool missing = str_find(message, STR(" nil"), 0) < message.n;
        if (missing) {
            explain_missing(r, f, name, rows[i].nil_use);
            return;
        }
        f->code = "E306";
        f->word = name;
        f->text = str_format(r->a, "%s (%.*s)", rows[i].text, STR_ARG(message));
        f->help = str_of(rows[i].help);
        return;
    }
}

static void explain(struct run *r, struct fault *f, struct str message)
{
    f->code = "E309";
    f->text = text_safe(r->a, str_part(message, 0, utf8_cut(message, 500)), false);
    f->help = STR("The script itself raised this error.");
    if (str_starts(message, STR("attempt to ")))
        explain_attempt(r, f, message);
    else if (str_starts(message, STR("bad argument ")) || str_starts(message, STR("bad 'for' "))) {
        f->code = "E307";
        f->help = STR("Look at the values that are passed here; one may be nil because its "
                      "question was skipped.");
    } else if (str_find(message, STR("stack overflow"), 0) < message.n ||
               str_find(message, STR("too many C levels"), 0) < message.n) {
        f->code = "E408";
        bool reading = str_find(message, STR(" near "), 0) < message.n;
        f->text = reading ? STR("this is nested too deeply to be understood")
                          : STR("functions call each other too deeply");
        f->help = reading
            ? STR("Take it apart, with a local name for each part.")
            : STR("A function that calls itself needs a condition under which it stops.");
    }
}

int run_handle_error(lua_State *L)
{
    struct run *r = run_of(L);
    if (!lua_isstring(L, 1) || r->fault.code)
        return 1;
    struct fault f = {0};
    bool known = run_place(L, &f.file, &f.line);
    struct str message = without_place(r, str_copy(r->a, run_text(L, 1)), &f);
    explain(r, &f, message);
    if (r->expression_of) {
        f.code = "E313";
        f.file = json_member(r->expression_of, "file");
        f.line = (int)json_whole(r->expression_of, "line", 0);
    } else if (known)
        fault_find_column(r, &f);
    fault_set(r, f);
    return 1;
}

struct fault state_syntax_fault(struct run *r, struct str file, struct str message)
{
    struct fault f = {.code = "E301", .file = str_copy(r->a, file)};
    struct str text = without_place(r, str_copy(r->a, message), &f);
    size_t near = str_find(text, STR(" near '"), 0);
    if (near < text.n)
        f.word = str_part(text, near + 7, text.n - 1);
    f.text = str_format(r->a, "this line cannot be understood: %.*s",
                        STR_ARG(text_safe(r->a, text, false)));
    f.help = STR("Often a quote, a bracket or an \"end\" is missing here or a little above.");
    if (str_find(text, STR("attempt to load a binary chunk"), 0) < text.n ||
        str_find(text, STR("binary"), 0) < text.n) {
        f.line = 1;
        f.text = STR("this is not text: compiled scripts are refused");
        f.help = STR("Give the script as the text it was written in.");
    }
    fault_find_column(r, &f);
    return f;
}
