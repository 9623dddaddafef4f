#include "script/worker.h"

struct str check_program(struct arena *a, const json_t *program, const struct script_limits *limits)
{
    (void)a;
    (void)program;
    (void)limits;
    return STR("{\"messages\":[]}");
}
