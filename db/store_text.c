/* What is kept whole: bundles and wordings by hash, the latest outcome of a journey. */
#include "db/inner.h"

bool store_bundle_put(struct store *s, struct str hash, struct str workflow, struct str archive,
                      int64_t at, struct err *e)
{
    struct query q;
    if (!query_open_change(&q, s, STMT_BUNDLE_PUT, "keep the workflow", e))
        return false;
    put_text(&q, hash);
    put_text(&q, workflow);
    put_blob(&q, archive);
    put_int(&q, at);
    put_sum(&q);
    return query_run(&q, e);
}

bool store_bundle_get(struct store *s, struct arena *a, struct str hash, struct str *archive,
                      struct err *e)
{
    struct query q;
    bool row;
    if (!query_open(&q, s, STMT_BUNDLE_GET, "read the workflow", e))
        return false;
    put_text(&q, hash);
    if (!query_row(&q, &row, e))
        return false;
    if (!row)
        return err_set(e, ERR_NOT_FOUND, "The workflow %.*s is not kept here.",
                       STR_ARG(str_part(hash, 0, 64)));
    (void)take_view(&q);
    (void)take_view(&q);
    *archive = take_text(&q, a);
    (void)take_int(&q);
    if (!take_sum(&q, "The workflow", hash, e))
        return false;
    query_close(&q);
    return true;
}

bool store_wording_put(struct store *s, struct str hash, struct str text, struct err *e)
{
    struct query q;
    if (!query_open_change(&q, s, STMT_WORDING_PUT, "keep the wording", e))
        return false;
    put_text(&q, hash);
    put_blob(&q, text);
    put_sum(&q);
    return query_run(&q, e);
}

bool store_wording_get(struct store *s, struct arena *a, struct str hash, struct str *text,
                       struct err *e)
{
    struct query q;
    bool row;
    if (!query_open(&q, s, STMT_WORDING_GET, "read the wording", e))
        return false;
    put_text(&q, hash);
    if (!query_row(&q, &row, e))
        return false;
    if (!row)
        return err_set(e, ERR_NOT_FOUND, "The wording %.*s is not kept here.",
                       STR_ARG(str_part(hash, 0, 64)));
    (void)take_view(&q);
    *text = take_text(&q, a);
    if (!take_sum(&q, "The wording", hash, e))
        return false;
    query_close(&q);
    return true;
}

bool store_outcome_put(struct store *s, struct str journey, int64_t seq, struct str outcome,
                       struct err *e)
{
    struct query q;
    if (!query_open_change(&q, s, STMT_OUTCOME_PUT, "keep the outcome", e))
        return false;
    put_text(&q, journey);
    put_int(&q, seq);
    put_blob(&q, outcome);
    put_sum(&q);
    return query_run(&q, e);
}

bool store_outcome_get(struct store *s, struct arena *a, struct str journey, int64_t *seq,
                       struct str *outcome, struct err *e)
{
    struct query q;
    bool row;
    *seq = 0;
    *outcome = STR("");
    if (!query_open(&q, s, STMT_OUTCOME_GET, "read the outcome", e))
        return false;
    put_text(&q, journey);
    if (!query_row(&q, &row, e))
        return false;
    if (!row)
        return true;
    (void)take_view(&q);
    int64_t kept_seq = take_int(&q);
    struct str kept = take_text(&q, a);
    /* A damaged outcome is none: it is computed again. */
    if (take_sum(&q, "The outcome", journey, NULL)) {
        *seq = kept_seq;
        *outcome = kept;
        query_close(&q);
    }
    return true;
}
