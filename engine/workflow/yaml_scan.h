/* What is looked at before and after libyaml, inside yaml.c only. */
#ifndef ESPALIER_WORKFLOW_YAML_SCAN_H
#define ESPALIER_WORKFLOW_YAML_SCAN_H

#include "workflow/yaml.h"

#include <yaml.h>

/* Checks the bytes: UTF-8, control characters, tabs as indentation, size.  False if libyaml need
 * not be asked. */
MUST_USE bool yaml_scan(const struct yaml_file *f, struct diags *d);

/* A fault of libyaml's in our own words. */
void yaml_report_syntax(struct diags *d, const struct yaml_file *f, const yaml_parser_t *parser);

#endif
