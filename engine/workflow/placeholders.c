#include "workflow/build.h"
#include "workflow/names.h"

#include <ctype.h>

static bool is_name(struct str name)
{
    bool dot = true;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (c == '.'
                ? dot
                : !(islower((unsigned char)c) || (!dot && (isdigit((unsigned char)c) || c == '_'))))
            return false;
        dot = c == '.';
    }
    return name.n > 0 && !dot && name.n <= NAME_MAX_BYTES;
}

static bool has(const json_t *names, struct str name)
{
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)names, i, one)
        if (str_eq(json_text(one), name))
            return true;
    return false;
}

void placeholders_add(json_t *names, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        size_t from = str_find(text, STR("{"), i), to = str_find(text, STR("}"), from);
        if (to == text.n)
            return;
        struct str name = str_part(text, from + 1, to);
        if (is_name(name) && !has(names, name))
            json_array_append_new(names, json_new_text(name));
        i = is_name(name) ? to : from;
    }
}
