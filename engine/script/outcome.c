#include "script/outcome.h"

#include "script/convert.h"

#include <string.h>

static void add_raw(struct buf *b, const char *name, struct str json)
{
    if (json.n == 0)
        return;
    buf_add(b, STR(",\""));
    buf_add(b, str_of(name));
    buf_add(b, STR("\":"));
    buf_add(b, json);
}

static void add_optional(struct buf *b, const char *name, struct str text)
{
    if (text.n > 0)
        convert_add_member(b, name, text);
}

static void add_wait(struct buf *b, const struct entry *e)
{
    struct buf wait = {.a = b->a};
    buf_add_char(&wait, '{');
    add_optional(&wait, "until", e->until);
    add_optional(&wait, "who", e->who);
    buf_add_char(&wait, '}');
    add_raw(b, "wait", buf_str(&wait));
}

/* What only a question that waits for somebody needs; most entries of a long path are answered. */
static void add_open(struct buf *b, const struct entry *e)
{
    add_optional(b, "why", e->why);
    add_raw(b, "required", e->required ? STR("true") : STR("false"));
    add_raw(b, "start", e->start);
    buf_format(b, ",\"line\":%d", e->line);
}

static void add_entry(struct buf *b, const struct entry *e)
{
    static const struct str states[] = {
        {"answered", 8}, {"skipped", 7}, {"open", 4}, {"invalid", 7}};
    buf_add_char(b, '{');
    convert_add_member(b, "key", e->key);
    convert_add_member(b, "id", e->id);
    convert_add_member(b, "state", states[e->state]);
    if (e->state != ENTRY_ANSWERED && e->state != ENTRY_SKIPPED)
        add_open(b, e);
    add_raw(b, "rows", e->rows);
    add_raw(b, "vars", e->vars);
    convert_add_member(b, "phase", e->phase);
    add_optional(b, "step", e->step);
    add_optional(b, "item", e->item);
    if (e->wait)
        add_wait(b, e);
    buf_add_char(b, '}');
}

static void add_fault(struct buf *b, const struct fault *f, struct str key)
{
    buf_add(b, STR("{"));
    convert_add_member(b, "code", str_of(f->code));
    convert_add_member(b, "file", f->file);
    buf_format(b, ",\"line\":%d,\"column\":%d,\"width\":%d", f->line, f->column, f->width);
    convert_add_member(b, "text", f->text);
    convert_add_member(b, "help", f->help);
    convert_add_member(b, "key", key);
    buf_add_char(b, '}');
}

static void add_list(struct buf *b, const char *name, struct buf *list)
{
    buf_add(b, STR(",\""));
    buf_add(b, str_of(name));
    buf_add(b, STR("\":["));
    buf_add(b, buf_str(list));
    buf_add_char(b, ']');
}

struct str outcome_write(struct run *r)
{
    struct buf b = {.a = r->a};
    buf_add(&b, STR("{\"path\":["));
    for (size_t i = 0; i < r->n; i++) {
        if (i > 0)
            buf_add_char(&b, ',');
        add_entry(&b, &r->path[i]);
    }
    buf_add_char(&b, ']');
    add_list(&b, "messages", &r->messages);
    add_list(&b, "canvas", &r->canvas);
    add_list(&b, "outputs", &r->outputs);
    add_list(&b, "advice", &r->advice);
    add_list(&b, "log", &r->log);
    add_list(&b, "phases_entered", &r->phases);
    if (r->phase.n > 0)
        convert_add_member(&b, "phase", r->phase);
    else
        add_raw(&b, "phase", STR("null"));
    add_raw(&b, "done", r->done ? STR("true") : STR("false"));
    if (r->today[0])
        convert_add_member(&b, "today", str_of(r->today));
    else
        add_raw(&b, "today", STR("null"));
    buf_add(&b, STR(",\"error\":"));
    if (r->fault.code)
        add_fault(&b, &r->fault, r->n > 0 ? r->path[r->n - 1].key : STR(""));
    else
        buf_add(&b, STR("null"));
    buf_add_char(&b, '}');
    return buf_str(&b);
}

struct str outcome_of_fault(struct arena *a, const struct fault *f, struct str key)
{
    struct buf b = {.a = a};
    buf_add(
        &b,
        STR("{\"path\":[],\"messages\":[],\"canvas\":[],\"outputs\":[],\"advice\":[],\"log\":[],"
            "\"phases_entered\":[],\"phase\":null,\"done\":false,\"today\":null,\"error\":"));
    add_fault(&b, f, key);
    buf_add_char(&b, '}');
    return buf_str(&b);
}

void run_log(struct run *r, struct str line)
{
    if (r->logged >= RUN_LOG_MAX)
        return;
    if (r->logged++ > 0)
        buf_add_char(&r->log, ',');
    convert_add_text(&r->log, line);
}
