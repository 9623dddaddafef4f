#include "term/texts.h"

#include <assert.h>

static const char *const texts[TEXT_COUNT][TONGUE_COUNT] = {
#define TEXT(name, english, french) [TEXT_##name] = {english, french},
#include "term/texts.def"
#undef TEXT
};

enum tongue texts_tongue(struct str language)
{
    return str_starts(language, STR("fr")) ? TONGUE_FR : TONGUE_EN;
}

struct str texts_get(enum tongue tongue, enum text text)
{
    assert(text < TEXT_COUNT && tongue < TONGUE_COUNT);
    return str_of(texts[text][tongue]);
}

struct str texts_fill(struct arena *a, enum tongue tongue, enum text text, struct str one,
                      struct str two)
{
    struct str pattern = texts_get(tongue, text);
    struct buf b = {.a = a};
    for (size_t i = 0; i < pattern.n; i++) {
        struct str here = str_part(pattern, i, i + 3);
        if (str_is(here, "{1}") || str_is(here, "{2}")) {
            buf_add(&b, here.p[1] == '1' ? one : two);
            i += 2;
        } else {
            buf_add_char(&b, pattern.p[i]);
        }
    }
    return buf_str(&b);
}
