#include "script/scan.h"

#include <string.h>

enum { DEPTH_MAX = 400 };

static void parse_block(struct scan *s);
static void parse_expression(struct scan *s);

static void advance(struct scan *s)
{
    s->now = s->next;
    s->next = lex_next(&s->lexer);
}

static bool is(const struct scan *s, const char *text)
{
    return (s->now.type == TOKEN_SYMBOL || s->now.type == TOKEN_KEYWORD) &&
        str_is(s->now.text, text);
}

static bool accept(struct scan *s, const char *text)
{
    if (!is(s, text))
        return false;
    advance(s);
    return true;
}

static void *more(struct arena *a, void *list, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return list;
    *room = *room ? 2 * *room : 32;
    void *bigger = arena_alloc(a, *room * size);
    if (n)
        memcpy(bigger, list, n * size);
    return bigger;
}

static void declare(struct scan *s, struct str name)
{
    s->locals = more(s->a, s->locals, s->locals_n, &s->locals_room, sizeof *s->locals);
    s->locals[s->locals_n++] = name;
}

static bool is_local(const struct scan *s, struct str name)
{
    for (size_t i = s->locals_n; i > 0; i--)
        if (str_eq(s->locals[i - 1], name))
            return true;
    return false;
}

static void open_block(struct scan *s)
{
    size_t room = (size_t)s->blocks_room;
    s->parents = more(s->a, s->parents, (size_t)s->blocks, &room, sizeof *s->parents);
    s->blocks_room = (int)room;
    s->parents[s->blocks] = s->block;
    s->block = s->blocks++;
}

/* The block that begins here, up to the keyword that ends it. */
static void parse_inner(struct scan *s)
{
    size_t locals = s->locals_n;
    int block = s->block;
    open_block(s);
    parse_block(s);
    s->block = block;
    s->locals_n = locals;
}

static void parse_list(struct scan *s)
{
    do
        parse_expression(s);
    while (accept(s, ","));
}

/* Parameters and body of a function, behind its name. */
static void parse_function(struct scan *s, bool method)
{
    size_t locals = s->locals_n;
    int function = s->function, block = s->block;
    struct str phase = s->phase;
    s->function = ++s->functions;
    if (method)
        declare(s, STR("self"));
    (void)accept(s, "(");
    while (!accept(s, ")") && s->now.type != TOKEN_END) {
        if (s->now.type == TOKEN_NAME)
            declare(s, s->now.text);
        advance(s);
    }
    open_block(s);
    parse_block(s);
    (void)accept(s, "end");
    s->function = function;
    s->block = block;
    s->phase = phase;
    s->locals_n = locals;
}

static void parse_table(struct scan *s)
{
    bool named = false;
    advance(s);
    while (!accept(s, "}") && s->now.type != TOKEN_END) {
        if (s->now.type == TOKEN_NAME && s->next.type == TOKEN_SYMBOL &&
            str_is(s->next.text, "=")) {
            named = named || str_is(s->now.text, "as") || str_is(s->now.text, "item");
            advance(s);
            advance(s);
        } else if (accept(s, "[")) {
            parse_expression(s);
            (void)accept(s, "]");
            (void)accept(s, "=");
        }
        parse_expression(s);
        if (!accept(s, ","))
            (void)accept(s, ";");
    }
    s->named = named;
}

/* The arguments of a call; true if there were some. */
static bool parse_arguments(struct scan *s)
{
    s->named = false;
    if (s->now.type == TOKEN_STRING) {
        advance(s);
        return true;
    }
    if (is(s, "{")) {
        parse_table(s);
        return true;
    }
    if (!is(s, "("))
        return false;
    advance(s);
    if (!is(s, ")"))
        parse_list(s);
    (void)accept(s, ")");
    return true;
}

static void remember_ask(struct scan *s, const struct token *id, bool step)
{
    s->asks = more(s->a, s->asks, s->asks_n, &s->asks_room, sizeof *s->asks);
    s->asks[s->asks_n++] = (struct scan_ask){.id = *id,
                                             .phase = s->phase,
                                             .function = s->function,
                                             .block = s->block,
                                             .step = step,
                                             .named = s->named};
}

/* A call of a name that is not local, such as ask "goal": the present token is behind the name. */
static void parse_call(struct scan *s, const struct token *name)
{
    struct token id = s->now.type == TOKEN_STRING ? s->now : s->next;
    bool first = s->now.type == TOKEN_STRING || (is(s, "(") && s->next.type == TOKEN_STRING);
    bool whole = s->now.type == TOKEN_STRING;
    if (!first) {
        (void)parse_arguments(s);
        return;
    }
    if (!whole) {
        /* "a" .. n is not a literal id: look at what follows the text. */
        advance(s);
        advance(s);
        whole = is(s, ")") || is(s, ",");
        bool ended = accept(s, ")");
        s->named = false;
        if (!ended && accept(s, ","))
            parse_list(s);
        else if (!ended) {
            advance(s);
            parse_list(s);
        }
        if (!ended)
            (void)accept(s, ")");
    } else
        (void)parse_arguments(s);
    if (!whole)
        return;
    s->report->literal(s->report->user, name, &id);
    if (str_is(name->text, "phase"))
        s->phase = id.text;
    if (str_is(name->text, "ask") || str_is(name->text, "step"))
        remember_ask(s, &id, str_is(name->text, "step"));
}

static void parse_primary(struct scan *s)
{
    if (accept(s, "(")) {
        s->statement = false;
        parse_expression(s);
        (void)accept(s, ")");
        return;
    }
    struct token name = s->now;
    advance(s);
    bool target = s->statement && (is(s, "=") || is(s, ","));
    s->statement = false;
    if (name.type != TOKEN_NAME || is_local(s, name.text))
        return;
    if (!target)
        s->report->global(s->report->user, &name, false);
    if (is(s, ".") && s->next.type == TOKEN_NAME)
        s->report->member(s->report->user, &name, &s->next);
    if (s->now.type == TOKEN_STRING || is(s, "("))
        parse_call(s, &name);
}

/* A name or bracket with what hangs on it; true if it is a plain name. */
static bool parse_suffixed(struct scan *s)
{
    bool plain = s->now.type == TOKEN_NAME;
    parse_primary(s);
    for (;;) {
        if (is(s, ".") || is(s, ":")) {
            advance(s);
            advance(s);
        } else if (accept(s, "[")) {
            parse_expression(s);
            (void)accept(s, "]");
        } else if (!parse_arguments(s)) {
            return plain;
        }
        plain = false;
    }
}

static bool accept_unary(struct scan *s)
{
    return accept(s, "not") || accept(s, "-") || accept(s, "#") || accept(s, "~");
}

static bool accept_binary(struct scan *s)
{
    static const char *const operators[] = {"+",  "-", "*",  "/",  "//", "^",   "%",
                                            "&",  "~", "|",  ">>", "<<", "..",  "<",
                                            "<=", ">", ">=", "==", "~=", "and", "or"};
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (accept(s, operators[i]))
            return true;
    return false;
}

static void parse_expression(struct scan *s)
{
    if (++s->depth > DEPTH_MAX) {
        s->now = (struct token){.type = TOKEN_END};
        s->lexer.at = s->lexer.source.n;
    }
    do {
        while (accept_unary(s))
            continue;
        if (is(s, "{"))
            parse_table(s);
        else if (accept(s, "function"))
            parse_function(s, false);
        else if (s->now.type == TOKEN_NAME || is(s, "("))
            (void)parse_suffixed(s);
        else if (s->now.type != TOKEN_END)
            advance(s); /* a text, a number, nil, true, false, ... */
    } while (accept_binary(s));
    s->depth--;
}

static void parse_for(struct scan *s)
{
    size_t locals = s->locals_n;
    struct str names[64];
    size_t n = 0;
    while (!is(s, "=") && !is(s, "in") && s->now.type != TOKEN_END) {
        if (s->now.type == TOKEN_NAME && n < sizeof names / sizeof names[0])
            names[n++] = s->now.text;
        advance(s);
    }
    advance(s);
    parse_list(s);
    for (size_t i = 0; i < n; i++)
        declare(s, names[i]);
    (void)accept(s, "do");
    parse_inner(s);
    (void)accept(s, "end");
    s->locals_n = locals;
}

static void parse_local(struct scan *s)
{
    struct str names[256];
    size_t n = 0;
    if (accept(s, "function")) {
        declare(s, s->now.text);
        advance(s);
        parse_function(s, false);
        return;
    }
    do {
        if (n < sizeof names / sizeof names[0])
            names[n++] = s->now.text;
        advance(s);
        if (accept(s, "<")) {
            advance(s);
            (void)accept(s, ">");
        }
    } while (accept(s, ","));
    /* A local is known from behind its own statement on. */
    if (accept(s, "="))
        parse_list(s);
    for (size_t i = 0; i < n; i++)
        declare(s, names[i]);
}

static void parse_if(struct scan *s)
{
    do {
        parse_expression(s);
        (void)accept(s, "then");
        parse_inner(s);
    } while (accept(s, "elseif"));
    if (accept(s, "else"))
        parse_inner(s);
    (void)accept(s, "end");
}

static void parse_named_function(struct scan *s)
{
    struct token name = s->now;
    bool method = false, plain = true;
    advance(s);
    while (is(s, ".") || is(s, ":")) {
        method = is(s, ":");
        plain = false;
        advance(s);
        advance(s);
    }
    if (!is_local(s, name.text))
        s->report->global(s->report->user, &name, plain);
    parse_function(s, method);
}

/* A call or an assignment. */
static void parse_plain(struct scan *s)
{
    struct token targets[64];
    size_t n = 0;
    do {
        struct token name = s->now;
        s->statement = true;
        if (parse_suffixed(s) && n < sizeof targets / sizeof targets[0])
            targets[n++] = name;
    } while (accept(s, ","));
    if (!accept(s, "="))
        return;
    parse_list(s);
    for (size_t i = 0; i < n; i++)
        if (!is_local(s, targets[i].text))
            s->report->global(s->report->user, &targets[i], true);
}

static void parse_repeat(struct scan *s)
{
    size_t locals = s->locals_n;
    int block = s->block;
    open_block(s);
    parse_block(s);
    (void)accept(s, "until");
    parse_expression(s); /* sees the locals of the block */
    s->block = block;
    s->locals_n = locals;
}

static void parse_statement(struct scan *s)
{
    if (accept(s, ";") || accept(s, "break"))
        return;
    if (accept(s, "goto")) {
        advance(s);
    } else if (accept(s, "::")) {
        advance(s);
        (void)accept(s, "::");
    } else if (accept(s, "if")) {
        parse_if(s);
    } else if (accept(s, "for")) {
        parse_for(s);
    } else if (accept(s, "function")) {
        parse_named_function(s);
    } else if (accept(s, "local")) {
        parse_local(s);
    } else if (accept(s, "repeat")) {
        parse_repeat(s);
    } else if (is(s, "while") || is(s, "do")) {
        if (accept(s, "while"))
            parse_expression(s);
        (void)accept(s, "do");
        parse_inner(s);
        (void)accept(s, "end");
    } else if (accept(s, "return")) {
        if (!is(s, "end") && !is(s, "else") && !is(s, "elseif") && !is(s, "until") && !is(s, ";"))
            parse_list(s);
    } else if (s->now.type == TOKEN_NAME || is(s, "(")) {
        parse_plain(s);
    } else {
        advance(s);
    }
}

static void parse_block(struct scan *s)
{
    if (++s->depth > DEPTH_MAX) {
        s->now = s->next = (struct token){.type = TOKEN_END};
        s->lexer.at = s->lexer.source.n;
    }
    while (s->now.type != TOKEN_END && !is(s, "end") && !is(s, "else") && !is(s, "elseif") &&
           !is(s, "until"))
        parse_statement(s);
    s->depth--;
}

void scan_source(struct scan *s, struct str source, const char *const *parameters)
{
    lex_start(&s->lexer, source);
    s->locals_n = 0;
    s->depth = 0;
    s->function = ++s->functions;
    s->block = 0;
    s->phase = STR("");
    for (; parameters && *parameters; parameters++)
        declare(s, str_of(*parameters));
    open_block(s);
    advance(s);
    advance(s);
    while (s->now.type != TOKEN_END) {
        parse_block(s);
        if (s->now.type != TOKEN_END)
            advance(s);
    }
}

static bool is_inside(const struct scan *s, int block, int outer)
{
    while (block != outer && block > 0)
        block = s->parents[block];
    return block == outer;
}

bool scan_together(const struct scan *s, const struct scan_ask *a, const struct scan_ask *b)
{
    return a->function == b->function && str_eq(a->phase, b->phase) &&
        (is_inside(s, a->block, b->block) || is_inside(s, b->block, a->block));
}
