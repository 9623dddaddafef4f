#include "practice/french.h"

#include "base/err.h"

#include <string.h>

static const struct {
    const char *english, *french;
} sentences[] = {
#define FRENCH(english, french) {english, french},
#include "practice/french.def"
#undef FRENCH
};

static const char *in_french(const char *english)
{
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        if (strcmp(sentences[i].english, english) == 0)
            return sentences[i].french;
    return english;
}

void practice_speak(struct str language)
{
    err_speak(str_is(language, "fr") || str_starts(language, STR("fr-")) ? in_french : NULL);
}
