#include "cli/cli.h"

#include <stdio.h>

bool command_version(struct cli *c, struct err *e)
{
    (void)e;
    if (c->json)
        cli_print_json(c,
                       json_pack("{s:s,s:s,s:s}", "espalier", ESPALIER_VERSION, "sqlite",
                                 store_engine_version(), "jansson", jansson_version_str()));
    else
        (void)printf("espalier %s (SQLite %s, jansson %s)\n", ESPALIER_VERSION,
                     store_engine_version(), jansson_version_str());
    return true;
}
