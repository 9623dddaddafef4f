/* Values: what may be answered, how it is kept, what is said otherwise, what is shown. */
#include "workflow/value.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A row leaves out at its end what it does not need. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

static int made;

static void next_id(char out[7])
{
    (void)snprintf(out, 7, "n%05d", ++made);
}

/* JSON with ' for ", so that rows can be read. */
static json_t *json_of(const char *text)
{
    char *copy = strdup(text);
    for (char *p = copy; *p; p++)
        if (*p == '\'')
            *p = '"';
    json_error_t fault;
    json_t *value = json_loads(copy, JSON_DECODE_ANY, &fault);
    if (!value)
        fail_msg("bad test JSON: %s: %s", text, fault.text);
    free(copy);
    return value;
}

struct row {
    const char *question, *input; /* JSON with ' for " */
    const char *expected;         /* JSON, or "!" and a part of the sentence */
    const char *rows, *previous, *language;
};

static void check_row(const struct row *row)
{
    json_t *question = json_of(row->question), *input = json_of(row->input), *out = NULL;
    json_t *rows = row->rows ? json_of(row->rows) : NULL;
    json_t *previous = row->previous ? json_of(row->previous) : NULL;
    struct value_context c = {.question = question,
                              .rows = rows,
                              .previous = previous,
                              .language = str_of(row->language ? row->language : "en"),
                              .today = STR("2026-11-23"),
                              .new_item_id = next_id};
    struct err e = {0};
    made = 0;
    bool ok = value_check(&c, input, &out, &e);
    if (row->expected[0] == '!') {
        if (ok || !strstr(e.text, row->expected + 1))
            fail_msg("%s <- %s\n  expected: %s\n  got: %s", row->question, row->input,
                     row->expected, ok ? json_dumps(out, JSON_ENCODE_ANY) : e.text);
        assert_true(e.code == ERR_INPUT || e.code == ERR_LIMIT);
        assert_null(out);
    } else {
        json_t *expected = json_of(row->expected);
        char *got = ok ? json_dumps(out, JSON_ENCODE_ANY | JSON_COMPACT) : strdup(e.text);
        char *wanted = json_dumps(expected, JSON_ENCODE_ANY | JSON_COMPACT);
        if (!ok || strcmp(got, wanted) != 0)
            fail_msg("%s <- %s\n  expected: %s\n  got: %s", row->question, row->input, wanted, got);
        /* What is kept is accepted again, and does not change. */
        json_t *again = NULL;
        c.previous = out;
        if (!value_check(&c, out, &again, &e) || !json_equal(out, again))
            fail_msg("%s: the normal form %s is not stable: %s", row->question, got, e.text);
        json_decref(again);
        json_decref(expected);
        free(got);
        free(wanted);
    }
    json_decref(out);
    json_decref(question);
    json_decref(input);
    json_decref(rows);
    json_decref(previous);
}

static void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_row(&rows[i]);
}
#define CHECK(rows) check_rows(rows, sizeof rows / sizeof rows[0])

static void texts_are_trimmed_and_have_no_hidden_characters(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{'type':'text'}", "'My team decides'", "'My team decides'"},
        {"{'type':'text'}", "'  spaces around \\n'", "'spaces around'"},
        {"{'type':'text'}", "'   '", "!An empty text is no answer"},
        {"{'type':'text'}", "''", "!skip the question"},
        {"{'type':'text'}", "''", "!passez la question", .language = "fr"},
        {"{'type':'text'}", "3", "!Please give a text."},
        {"{'type':'text'}", "null", "!Please give a text."},
        {"{'type':'text'}", "['a']", "!Please give a text."},
        {"{'type':'text'}", "'two\\nlines'", "!on one line"},
        {"{'type':'text'}", "'a\\tb'", "!on one line"},
        {"{'type':'long_text'}", "'two\\r\\nlines\\rthree\\tx'", "'two\\nlines\\nthree\\tx'"},
        {"{'type':'long_text'}", "'a\\u001bb'", "!U+001B"},
        {"{'type':'text'}", "'a\\u202eb'", "!U+202E"},
        {"{'type':'text'}", "'a\\u2066b'", "!cannot be shown"},
        {"{'type':'text'}", "'a\\u0085b'", "!ne peut pas être affiché (U+0085)", .language = "fr"},
        {"{'type':'text'}", "'été 日本 🌱'", "'été 日本 🌱'"},
        {"{'type':'text','max':3}", "'été'", "'été'"},
        {"{'type':'text','max':3}", "'étés'", "!has 4 characters; at most 3"},
        {"{'type':'text','min':3}", "'ét'", "!at least 3"},
        {"{'type':'text','min':3}", "'été'", "'été'"},
        {"{'type':'long_text','max':5}", "'  12345  '", "'12345'"},
    };
    CHECK(rows);
}

static void an_answer_has_64_kibibytes(void **state)
{
    (void)state;
    json_t *question = json_of("{'type':'long_text'}");
    struct value_context c = {
        .question = question, .language = STR("en"), .today = STR("2026-11-23")};
    for (int more = -1; more <= 1; more++) {
        size_t n = (size_t)(ANSWER_MAX + more);
        char *text = malloc(n + 1);
        memset(text, 'x', n);
        text[n] = '\0';
        json_t *input = json_stringn(text, n), *out = NULL;
        struct err e = {0};
        assert_int_equal(value_check(&c, input, &out, &e), more <= 0);
        if (more > 0) {
            assert_int_equal(e.code, ERR_LIMIT);
            assert_non_null(strstr(e.text, "64 KiB"));
        }
        json_decref(out);
        json_decref(input);
        free(text);
    }
    json_decref(question);
}

static void yes_no_takes_both_languages(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{'type':'yes_no'}", "true", "true"},
        {"{'type':'yes_no'}", "false", "false"},
        {"{'type':'yes_no'}", "'true'", "true"},
        {"{'type':'yes_no'}", "'no'", "false"},
        {"{'type':'yes_no'}", "'Oui'", "true"},
        {"{'type':'yes_no'}", "'N'", "false"},
        {"{'type':'yes_no'}", "1", "!yes or no"},
        {"{'type':'yes_no'}", "'maybe'", "!yes or no"},
        {"{'type':'yes_no'}", "'peut-être'", "!oui ou par non", .language = "fr"},
    };
    CHECK(rows);
}

#define PLACES                                                                    \
    "'options':[{'id':'inside','label':'In me'},{'id':'outside','label':'Around " \
    "me'},{'id':'both','label':'Both'}]"

static void choices_are_ids(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{'type':'choice'," PLACES "}", "'inside'", "'inside'"},
        {"{'type':'choice'," PLACES "}", "'around me'", "'outside'"},
        {"{'type':'choice'," PLACES "}", "'insid'", "!Did you mean \"inside\"?"},
        {"{'type':'choice'," PLACES "}", "'zzz'", "!one of: In me, Around me, Both."},
        {"{'type':'choice'," PLACES "}", "1", "!one of: In me"},
        {"{'type':'choice'," PLACES "}", "'zzz'", "!Choisissez parmi", .language = "fr"},
        {"{'type':'choices'," PLACES "}", "['both','inside']", "['inside','both']"},
        {"{'type':'choices'," PLACES "}", "['both','both']", "['both']"},
        {"{'type':'choices'," PLACES "}", "'both'", "['both']"},
        {"{'type':'choices'," PLACES "}", "[]", "!skip the question"},
        {"{'type':'choices','min':0," PLACES "}", "[]", "[]"},
        {"{'type':'choices','max':1," PLACES "}", "['both','inside']", "!at most 1"},
        {"{'type':'choices','min':2," PLACES "}", "['both']", "!at least 2"},
        {"{'type':'choices'," PLACES "}", "['booth']", "!Did you mean \"both\"?"},
        {"{'type':'choices'," PLACES "}", "[3]", "!choose one of"},
        {"{'type':'choices'," PLACES "}", "{'inside':true}", "!choose one of"},
    };
    CHECK(rows);
}

static void numbers_keep_their_range(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{'type':'scale','from':1,'to':10}", "1", "1"},
        {"{'type':'scale','from':1,'to':10}", "10", "10"},
        {"{'type':'scale','from':1,'to':10}", "0", "!from 1 to 10"},
        {"{'type':'scale','from':1,'to':10}", "11", "!Please give a number from 1 to 10."},
        {"{'type':'scale','from':1,'to':10}", "'7'", "7"},
        {"{'type':'scale','from':1,'to':10}", "7.0", "7"},
        {"{'type':'scale','from':1,'to':10}", "7.5", "!whole number"},
        {"{'type':'scale','from':1,'to':10}", "'seven'", "!from 1 to 10"},
        {"{'type':'scale','from':1,'to':10}", "11", "!Donnez un nombre de 1 à 10.",
         .language = "fr"},
        {"{'type':'integer'}", "'1 200'", "1200"},
        {"{'type':'integer'}", "-3", "-3"},
        {"{'type':'integer','min':0}", "-1", "!0 or more"},
        {"{'type':'integer','min':0}", "0", "0"},
        {"{'type':'integer','max':5}", "6", "!5 or less"},
        {"{'type':'integer'}", "9007199254740991", "9007199254740991"},
        {"{'type':'integer'}", "9007199254740992", "!whole number"},
        {"{'type':'integer'}", "'1e3'", "!whole number"},
        {"{'type':'integer'}", "true", "!whole number"},
        {"{'type':'number'}", "2.5", "2.5"},
        {"{'type':'number'}", "'2,5'", "2.5"},
        {"{'type':'number'}", "'-2.5'", "-2.5"},
        {"{'type':'number'}", "2.0", "2"},
        {"{'type':'number'}", "'2.'", "!a number"},
        {"{'type':'number'}", "'0x10'", "!a number"},
        {"{'type':'number'}", "'1.2.3'", "!a number"},
        {"{'type':'number'}", "'nan'", "!a number"},
        {"{'type':'number'}", "1e300", "!a number"},
        {"{'type':'number','min':0.5,'max':1.5}", "1.5", "1.5"},
        {"{'type':'number','min':0.5,'max':1.5}", "1.6", "!from 0.5 to 1.5"},
    };
    CHECK(rows);
}

#define EURO "{'type':'money','currency':'EUR','period':'month'}"
#define EUR(amount) "{'amount':'" amount "','currency':'EUR','period':'month'}"

static void money_is_decimal_text(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {EURO, "1200", EUR("1200.00")},
        {EURO, "'1200'", EUR("1200.00")},
        {EURO, "1200.5", EUR("1200.50")},
        {EURO, "0.1", EUR("0.10")},
        {EURO, "'1200 EUR'", EUR("1200.00")},
        {EURO, "'1 200,50 EUR/month'", EUR("1200.50")},
        {EURO, "'1\u00a0200,50 € par mois'", EUR("1200.50")},
        {EURO, "'€1,200.50'", EUR("1200.50")},
        {EURO, "'1.200,50'", EUR("1200.50")},
        {EURO, "'1,234,567'", EUR("1234567.00")},
        {EURO, "'12,34,567'", "!an amount"},
        {EURO, "'0,5'", EUR("0.50")},
        {EURO, "'007'", EUR("7.00")},
        {EURO, "'-300'", EUR("-300.00")},
        {EURO, "'−300'", EUR("-300.00")},
        {EURO, "'-0'", EUR("0.00")},
        {EURO, "'1,200'", "!two ways"},
        {EURO, "'1.200'", "!two ways"},
        {EURO, "'12.345,678'", "!at most 2 decimals"},
        {EURO, "'1.2345'", "!at most 2 decimals"},
        {EURO, "'1.20000'", EUR("1.20")},
        {EURO, "'much'", "!for example 1200 EUR"},
        {EURO, "''", "!for example 1200 EUR"},
        {EURO, "'beaucoup'", "!Donnez un montant", .language = "fr"},
        {EURO, "true", "!an amount"},
        {EURO, "'1200 EUR month apples'", "!an amount"},
        {EURO, "'999999999999'", EUR("999999999999.00")},
        {EURO, "'1000000000000'", "!an amount"},
        {EURO, "1e12", "!an amount"},
        {EURO, "{'amount':'1200.00','currency':'EUR','period':'month'}", EUR("1200.00")},
        {EURO, "{'amount':1200}", EUR("1200.00")},
        {EURO, "{'amount':'5','currency':'chf','period':'year'}",
         "{'amount':'5.00','currency':'CHF','period':'year'}"},
        {EURO, "{'amount':'5','currency':'Taler'}", "!currency"},
        {EURO, "{'amount':'5','period':'moon'}", "!once, hour, day"},
        {EURO, "{'amont':'5'}", "!Did you mean \"amount\"?"},
        {EURO, "{'currency':'EUR'}", "!an amount"},
        {EURO, "'80 $ per hour'", "{'amount':'80.00','currency':'USD','period':'hour'}"},
        {"{'type':'money'}", "'80'", "!say the currency"},
        {"{'type':'money'}", "'80 USD'", "{'amount':'80.00','currency':'USD'}"},
        {"{'type':'money','currency':'CAD'}", "'$80'", "{'amount':'80.00','currency':'CAD'}"},
        {"{'type':'money','currency':'JPY'}", "'1200'", "{'amount':'1200','currency':'JPY'}"},
        {"{'type':'money','currency':'JPY'}", "'1200.5'", "!at most 0 decimals"},
        {"{'type':'money','currency':'KWD'}", "'1.234'", "{'amount':'1.234','currency':'KWD'}"},
        {"{'type':'money','currency':'EUR','min':0}", "'-1'", "!0 or more"},
        {"{'type':'money','currency':'EUR','max':100}", "'100.01'", "!100 or less"},
        {"{'type':'money','currency':'EUR','max':100}", "'100'",
         "{'amount':'100.00','currency':'EUR'}"},
    };
    CHECK(rows);
}

static void days_are_of_the_calendar(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{'type':'date'}", "'2026-11-23'", "'2026-11-23'"},
        {"{'type':'date'}", "'2028-02-29'", "'2028-02-29'"},
        {"{'type':'date'}", "'2027-02-29'", "!a day of the calendar"},
        {"{'type':'date'}", "'2026-13-01'", "!a day of the calendar"},
        {"{'type':'date'}", "'+7d'", "'2026-11-30'"},
        {"{'type':'date'}", "'+7j'", "'2026-11-30'"},
        {"{'type':'date'}", "'+2w'", "'2026-12-07'"},
        {"{'type':'date'}", "'+2s'", "'2026-12-07'"},
        {"{'type':'date'}", "'+0d'", "'2026-11-23'"},
        {"{'type':'date'}", "'+7'", "!+7d"},
        {"{'type':'date'}", "'+99999d'", "!a day"},
        {"{'type':'date'}", "'tomorrow'", "'2026-11-24'"},
        {"{'type':'date'}", "'demain'", "'2026-11-24'"},
        {"{'type':'date'}", "'23.11.2026'", "'2026-11-23'"},
        {"{'type':'date'}", "'3/4/2026'", "!a day"},
        {"{'type':'date'}", "'3/4/2026'", "'2026-04-03'", .language = "fr"},
        {"{'type':'date'}", "'31.11.2026'", "!a day"},
        {"{'type':'date'}", "'31.11.2026'", "!un jour du calendrier", .language = "fr"},
        {"{'type':'date'}", "20261123", "!a day"},
        {"{'type':'date','min':'2026-11-23'}", "'2026-11-22'", "!from 2026-11-23 on"},
        {"{'type':'date','min':'2026-11-23'}", "'2026-11-23'", "'2026-11-23'"},
        {"{'type':'date','max':'2026-11-23'}", "'2026-11-24'", "!up to 2026-11-23"},
    };
    CHECK(rows);
}

static void durations_are_minutes(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{'type':'duration'}", "90", "90"},
        {"{'type':'duration'}", "'90'", "90"},
        {"{'type':'duration'}", "'1h30'", "90"},
        {"{'type':'duration'}", "'1 h 30 min'", "90"},
        {"{'type':'duration'}", "'2h'", "120"},
        {"{'type':'duration'}", "'45 min'", "45"},
        {"{'type':'duration'}", "'1:05'", "65"},
        {"{'type':'duration'}", "'1:5'", "!1h30"},
        {"{'type':'duration'}", "'1h75'", "!1h30"},
        {"{'type':'duration'}", "'soon'", "!in minutes"},
        {"{'type':'duration'}", "-1", "!in minutes"},
        {"{'type':'duration'}", "1000000", "1000000"},
        {"{'type':'duration'}", "1000001", "!in min"},
        {"{'type':'duration','max':60}", "61", "!60 or less"},
        {"{'type':'duration'}", "'bientôt'", "!une durée", .language = "fr"},
    };
    CHECK(rows);
}

#define STICKY                                                                        \
    "{'type':'list','max':3,'item':{'text':{'type':'text','max':80,'required':true}," \
    "'kind':{'type':'choice','label':'Where'," PLACES "},'weight':{'type':'integer','min':1}}}"

static void items_keep_their_ids(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {STICKY, "['time','nerves']",
         "[{'id':'n00001','text':'time'},{'id':'n00002','text':'nerves'}]"},
        {STICKY, "'time'", "[{'id':'n00001','text':'time'}]"},
        {STICKY, "[{'text':' time ','kind':'outside'}]",
         "[{'id':'n00001','text':'time','kind':'outside'}]"},
        {STICKY, "[{'kind':'outside','text':'a','id':'k3f9qa'}]",
         "[{'id':'k3f9qa','text':'a','kind':'outside'}]"},
        /* the same text keeps the id, whatever its place */
        {STICKY, "['nerves','time']",
         "[{'id':'bbbbbb','text':'nerves'},{'id':'aaaaaa','text':'time'}]",
         .previous = "[{'id':'aaaaaa','text':'time'},{'id':'bbbbbb','text':'nerves'}]"},
        /* a changed text with its id is the same item; the other gets a new one */
        {STICKY, "[{'id':'aaaaaa','text':'no time'},'time']",
         "[{'id':'aaaaaa','text':'no time'},{'id':'n00001','text':'time'}]",
         .previous = "[{'id':'aaaaaa','text':'time'}]"},
        /* two items with one text: each keeps its own */
        {STICKY, "['x','x']", "[{'id':'aaaaaa','text':'x'},{'id':'bbbbbb','text':'x'}]",
         .previous = "[{'id':'aaaaaa','text':'x'},{'id':'bbbbbb','text':'x'}]"},
        /* a new id is never one that an earlier item had */
        {STICKY, "['new']", "[{'id':'n00002','text':'new'}]",
         .previous = "[{'id':'n00001','text':'old'}]"},
        {STICKY, "[{'id':'a','text':'x'},{'id':'a','text':'y'}]", "!Two items have the id a."},
        {STICKY, "[{'id':'A/B','text':'x'}]", "!cannot be the id"},
        {STICKY, "[{'id':3,'text':'x'}]", "!cannot be the id"},
        {STICKY, "[{'text':'x','knd':'inside'}]", "!Did you mean \"kind\"?"},
        {STICKY, "[{'text':'x','colour':'red'}]",
         "!There is no field \"colour\". Possible are: text, kind, weight."},
        {STICKY, "[{'text':'x','kind':'insde'}]", "!Where: There is no \"insde\""},
        {STICKY, "['a',{'text':'x','weight':0}]", "!2: weight: Please give 1 or more."},
        {STICKY, "[{'text':'x','kind':'','weight':null}]", "[{'id':'n00001','text':'x'}]"},
        {STICKY, "[{'kind':'inside'}]", "!An empty text"},
        {STICKY, "['']", "!An empty text"},
        {STICKY, "[3]", "!the fields text, kind, weight"},
        {STICKY, "[]", "!skip the question"},
        {STICKY, "['a','b','c']",
         "[{'id':'n00001','text':'a'},{'id':'n00002','text':'b'},{'id':'n00003','text':'c'}]"},
        {STICKY, "['a','b','c','d']", "!at most 3"},
        {STICKY, "7", "!a list of items"},
        {STICKY, "['a','b','c','d']", "!Donnez-en 3 au plus.", .language = "fr"},
        {"{'type':'list','min':2,'item':{'text':{'type':'text','required':true}}}", "['a']",
         "!at least 2"},
        {"{'type':'list','min':0,'item':{'text':{'type':'text','required':true}}}", "[]", "[]"},
        {"{'type':'list','item':{'text':{'type':'text','required':true},'who':{'type':'text','"
         "label':'Who','required':true}}}",
         "['a']", "!\"Who\" is missing."},
    };
    CHECK(rows);
}

static void a_list_has_500_items(void **state)
{
    (void)state;
    json_t *question = json_of("{'type':'list','item':{'text':{'type':'text','required':true}}}");
    struct value_context c = {.question = question, .language = STR("en"), .new_item_id = next_id};
    for (int more = -1; more <= 1; more++) {
        json_t *input = json_array(), *out = NULL;
        for (int i = 0; i < LIST_MAX + more; i++)
            json_array_append_new(input, json_string("x"));
        struct err e = {0};
        assert_int_equal(value_check(&c, input, &out, &e), more <= 0);
        assert_true(more <= 0 || e.code == ERR_LIMIT);
        assert_true(more > 0 || json_array_size(out) == (size_t)(LIST_MAX + more));
        json_decref(out);
        json_decref(input);
    }
    json_decref(question);
}

#define ITEMS "[{'id':'aaaaaa','text':'Coffee bar'},{'id':'bbbbbb','text':'Repair'}]"
#define FIVE                                                                    \
    "{'type':'sort','columns':[{'id':'maintain','label':'Maintain','key':'m'}," \
    "{'id':'reduce','label':'Reduce','key':'r'}]}"

static void sorting_places_every_row(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {FIVE, "{'aaaaaa':{'to':'reduce','why':'too dear'},'bbbbbb':{'to':'maintain'}}",
         "{'aaaaaa':{'to':'reduce','why':'too dear'},'bbbbbb':{'to':'maintain'}}", ITEMS},
        {FIVE, "{'Repair':'Maintain','coffee bar':'r'}",
         "{'aaaaaa':{'to':'reduce'},'bbbbbb':{'to':'maintain'}}", ITEMS},
        {FIVE, "{'aaaaaa':{'to':'reduce','why':'  '},'bbbbbb':'reduce'}",
         "{'aaaaaa':{'to':'reduce'},'bbbbbb':{'to':'reduce'}}", ITEMS},
        {FIVE, "{'aaaaaa':'reduce'}", "!please place it too: Repair", ITEMS},
        {FIVE, "{'aaaaaa':'reduce'}", "!à placer : Repair", ITEMS, .language = "fr"},
        {FIVE, "{'aaaaaa':'reduc','bbbbbb':'reduce'}",
         "!aaaaaa: There is no \"reduc\" to choose. Did you mean", ITEMS},
        {FIVE, "{'zzz':'reduce'}", "!There is no \"zzz\" here. Possible are: Coffee bar, Repair.",
         ITEMS},
        {FIVE, "{'aaaaaa':'reduce','Coffee bar':'maintain','bbbbbb':'reduce'}", "!stands twice",
         ITEMS},
        {FIVE, "{'aaaaaa':{'to':'reduce','because':'x'},'bbbbbb':'reduce'}",
         "!no field \"because\"", ITEMS},
        {FIVE, "{'aaaaaa':{'why':'x'},'bbbbbb':'reduce'}", "!choose one of", ITEMS},
        {FIVE, "{'aaaaaa':{'to':'reduce','why':'a\\u0007'},'bbbbbb':'reduce'}", "!U+0007", ITEMS},
        {FIVE, "['reduce']", "!for each item where it goes", ITEMS},
        {FIVE, "{}", "!please place it too: Coffee bar", ITEMS},
    };
    CHECK(rows);
}

#define RATING                                                                            \
    "{'type':'grid','scales':[{'id':'importance','label':'Importance','from':0,'to':10}," \
    "{'id':'joy','label':'Joy','from':1,'to':5}]}"
#define ONE_SCALE                                                                                 \
    "{'type':'grid','scales':[{'id':'joy','label':'Joy','from':1,'to':5}],'rows':[{'id':'work','" \
    "label':'Work'}]}"

static void a_grid_rates_every_row(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {RATING, "{'bbbbbb':{'importance':0,'joy':'5'},'Coffee bar':{'Importance':10,'joy':1}}",
         "{'aaaaaa':{'importance':10,'joy':1},'bbbbbb':{'importance':0,'joy':5}}", ITEMS},
        {RATING, "{'aaaaaa':{'importance':11,'joy':1}}",
         "!aaaaaa: Importance: Please give a number from 0 to 10.", ITEMS},
        {RATING, "{'aaaaaa':{'importance':10}}", "!\"Joy\" is missing", ITEMS},
        {RATING, "{'aaaaaa':{'importance':10,'jy':1}}", "!Did you mean \"joy\"?", ITEMS},
        {RATING, "{'aaaaaa':7}", "!\"Importance, Joy\" is missing", ITEMS},
        {RATING, "{'aaaaaa':{'importance':10,'joy':1}}", "!rate this too: Repair", ITEMS},
        {RATING, "7", "!rate each row", ITEMS},
        {RATING, "{'aaaaaa':{'joy':1,'importance':1},'coffee bar':{'joy':2,'importance':2}}",
         "!coffee bar\" stands twice", ITEMS},
        {RATING, "{'aaaaaa':{'joy':1,'Joy':2}}", "!\"Joy\" stands twice", ITEMS},
        {ONE_SCALE, "{'work':4}", "{'work':{'joy':4}}"},
        {ONE_SCALE, "{'Work':'6'}", "!from 1 to 5"},
        {ONE_SCALE, "{}", "!Évaluez aussi ceci : Work", .language = "fr"},
    };
    CHECK(rows);
}

static void ranking_needs_all(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{'type':'rank'}", "['bbbbbb','aaaaaa']", "['bbbbbb','aaaaaa']", ITEMS},
        {"{'type':'rank'}", "['Repair','coffee bar']", "['bbbbbb','aaaaaa']", ITEMS},
        {"{'type':'rank'}", "['bbbbbb']", "!rank this too: Coffee bar", ITEMS},
        {"{'type':'rank'}", "['bbbbbb','bbbbbb']", "!stands twice", ITEMS},
        {"{'type':'rank'}", "['bbbbbb','x']", "!There is no \"x\" here", ITEMS},
        {"{'type':'rank'}", "[3]", "!put all of them in order", ITEMS},
        {"{'type':'rank'}", "[]", "!put all of them in order", ITEMS},
        {"{'type':'rank'," PLACES "}", "['both','inside','outside']",
         "['both','inside','outside']"},
    };
    CHECK(rows);
}

static void commitments_and_gates(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{'type':'commitment'}", "'Call Ana'", "{'what':'Call Ana'}"},
        {"{'type':'commitment'}",
         "{'what':'Call Ana','by':'+7d','know':'She says yes','help':'Jo'}",
         "{'what':'Call Ana','by':'2026-11-30','know':'She says yes','help':'Jo'}"},
        {"{'type':'commitment'}", "{'what':'Call','by':'','help':null}", "{'what':'Call'}"},
        {"{'type':'commitment'}", "{'by':'+7d'}", "!what will be done"},
        {"{'type':'commitment'}", "{'what':'x','by':'soon'}", "!a day of the calendar"},
        {"{'type':'commitment'}", "{'what':'x','when':'+7d'}", "!no field \"when\""},
        {"{'type':'commitment'}", "{'wat':'x'}", "!Did you mean \"what\"?"},
        {"{'type':'commitment'}", "7", "!what will be done"},
        {"{'type':'commitment'}", "''", "!what will be done"},
        {"{'type':'confirm'}", "true", "{'agreed':true,'who':'','on':'2026-11-23'}"},
        {"{'type':'confirm'}", "'oui'", "{'agreed':true,'who':'','on':'2026-11-23'}"},
        {"{'type':'confirm'}", "{'agreed':true,'who':'Ana','on':'2026-11-20'}",
         "{'agreed':true,'who':'Ana','on':'2026-11-20'}"},
        {"{'type':'confirm'}", "false", "!Please confirm with yes"},
        {"{'type':'confirm'}", "{'agreed':false,'who':'Ana'}", "!leave it open"},
        {"{'type':'confirm'}", "{'who':'Ana'}", "!Please confirm"},
        {"{'type':'confirm'}", "{'agreed':true,'whom':'Ana'}", "!Did you mean \"who\"?"},
        {"{'type':'confirm'}", "'non'", "!Confirmez par oui", .language = "fr"},
    };
    CHECK(rows);
}

/* What is typed on one line, then checked. */
static void typed_lines_are_read(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"{'type':'text'}", "'  7 '", "'7'"},
        {"{'type':'text'}", "' '", "!An empty text"},
        {"{'type':'yes_no'}", "'y'", "true"},
        {"{'type':'yes_no'}", "'O'", "true"},
        {"{'type':'yes_no'}", "'perhaps'", "!yes or no"},
        {"{'type':'choice'," PLACES "}", "'2'", "'outside'"},
        {"{'type':'choice'," PLACES "}", "'both'", "'both'"},
        {"{'type':'choice'," PLACES "}", "'9'", "!choose one of"},
        {"{'type':'choices'," PLACES "}", "'3, in me'", "['inside','both']"},
        {"{'type':'scale','from':1,'to':10}", "'7'", "7"},
        {"{'type':'integer','unit':'hours'}", "'12 hours'", "12"},
        {"{'type':'money','currency':'EUR'}", "'1200 EUR per month'", EUR("1200.00")},
        {"{'type':'date'}", "'+1w'", "'2026-11-30'"},
        {"{'type':'duration'}", "'1h30'", "90"},
        {STICKY, "'time, nerves'",
         "[{'id':'n00001','text':'time'},{'id':'n00002','text':'nerves'}]"},
        {STICKY, "'time, or the lack of it; nerves;'",
         "[{'id':'n00001','text':'time, or the lack of it'},{'id':'n00002','text':'nerves'}]"},
        {FIVE, "'r m'", "{'aaaaaa':{'to':'reduce'},'bbbbbb':{'to':'maintain'}}", ITEMS},
        {FIVE, "'2, 1'", "{'aaaaaa':{'to':'reduce'},'bbbbbb':{'to':'maintain'}}", ITEMS},
        {FIVE, "'r'", "!give 2 answers in a row", ITEMS},
        {FIVE, "'r m r'", "!give 2 answers in a row", ITEMS},
        {FIVE, "'r x'", "!choose one of", ITEMS},
        {RATING, "'8 3 5, 5'",
         "{'aaaaaa':{'importance':8,'joy':3},'bbbbbb':{'importance':5,'joy':5}}", ITEMS},
        {RATING, "'8 3'", "!give 4 answers", ITEMS},
        {RATING, "'8 3 5 5 1'", "!give 4 answers", ITEMS},
        {"{'type':'rank'}", "'2 1'", "['bbbbbb','aaaaaa']", ITEMS},
        {"{'type':'rank'}", "'repair, coffee bar'", "['bbbbbb','aaaaaa']", ITEMS},
        {"{'type':'commitment'}", "'Call Ana'", "{'what':'Call Ana'}"},
        {"{'type':'confirm'}", "'yes'", "{'agreed':true,'who':'','on':'2026-11-23'}"},
        {"{'type':'confirm'}", "'no'", "!leave it open"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        json_t *question = json_of(row->question), *typed = json_of(row->input), *read = NULL,
               *out = NULL;
        json_t *given = row->rows ? json_of(row->rows) : NULL;
        struct value_context c = {.question = question,
                                  .rows = given,
                                  .language = STR("en"),
                                  .today = STR("2026-11-23"),
                                  .new_item_id = next_id};
        struct err e = {0};
        made = 0;
        bool ok = value_read(&c, json_text(typed), &read, &e) && value_check(&c, read, &out, &e);
        if (row->expected[0] == '!') {
            if (ok || !strstr(e.text, row->expected + 1))
                fail_msg("%s <- %s\n  expected: %s\n  got: %s", row->question, row->input,
                         row->expected, ok ? "ok" : e.text);
        } else {
            json_t *expected = json_of(row->expected);
            if (!ok || !json_equal(out, expected))
                fail_msg("%s <- %s\n  got: %s", row->question, row->input,
                         ok ? json_dumps(out, JSON_ENCODE_ANY) : e.text);
            json_decref(expected);
        }
        json_decref(question);
        json_decref(typed);
        json_decref(read);
        json_decref(out);
        json_decref(given);
    }
}

static void values_are_shown_as_people_read_them(void **state)
{
    static const struct {
        const char *question, *value, *en, *fr;
    } rows[] = {
        {"{'type':'text'}", "'a b'", "a b", "a b"},
        {"{'type':'yes_no'}", "true", "yes", "oui"},
        {"{'type':'choice'," PLACES "}", "'inside'", "In me", "In me"},
        {"{'type':'choice'," PLACES "}", "'gone'", "gone", "gone"},
        {"{'type':'choices'," PLACES "}", "['inside','both']", "In me, Both", "In me, Both"},
        {"{'type':'scale'}", "7", "7", "7"},
        {"{'type':'number','unit':'h'}", "2.5", "2.5 h", "2,5 h"},
        {"{'type':'money'}", EUR("1234567.50"), "1,234,567.50 EUR per month",
         "1\u00a0234\u00a0567,50 EUR par mois"},
        {"{'type':'money'}", "{'amount':'-300','currency':'JPY'}", "-300 JPY", "-300 JPY"},
        {"{'type':'date'}", "'2026-11-01'", "1 November 2026", "1er novembre 2026"},
        {"{'type':'duration'}", "90", "1 h 30 min", "1 h 30 min"},
        {"{'type':'duration'}", "120", "2 h", "2 h"},
        {"{'type':'duration'}", "0", "0 min", "0 min"},
        {STICKY, "[{'id':'a','text':'time','kind':'inside','weight':2},{'id':'b','text':'nerves'}]",
         "time (In me · 2)\nnerves", "time (In me · 2)\nnerves"},
        {"{'type':'sort','columns':[{'id':'m','label':'Maintain'}],'rows':[{'id':'a','text':'Bar'}]"
         "}",
         "{'a':{'to':'m','why':'it works'}}", "Bar: Maintain (it works)",
         "Bar\u00a0: Maintain (it works)"},
        {"{'type':'sort','columns':[{'id':'m','label':'Keep'}],"
         "'rows':[{'id':'z','text':'First'},{'id':'a','text':'Second'}]}",
         "{'a':{'to':'m'},'z':{'to':'m'}}", "First: Keep\nSecond: Keep",
         "First\u00a0: Keep\nSecond\u00a0: Keep"},
        {ONE_SCALE, "{'work':{'joy':4}}", "Work: Joy 4", "Work\u00a0: Joy 4"},
        {"{'type':'rank'," PLACES "}", "['both','inside']", "1. Both\n2. In me",
         "1. Both\n2. In me"},
        {"{'type':'commitment'}", "{'what':'Call','by':'2026-12-02','know':'Yes','help':'Jo'}",
         "Call (by 2 December 2026)\nI will know it by: Yes\nWith help from: Jo",
         "Call (avant le 2 décembre 2026)\nJe le saurai à ceci\u00a0: Yes\nAvec l’aide de\u00a0: "
         "Jo"},
        {"{'type':'confirm'}", "{'agreed':true,'who':'Ana','on':'2026-11-23'}",
         "agreed on 23 November 2026 (Ana)", "d’accord le 23 novembre 2026 (Ana)"},
        {"{'type':'nonsense'}", "1", "", ""},
    };
    (void)state;
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *question = json_of(rows[i].question), *value = json_of(rows[i].value);
        assert_string_equal(value_show(a, question, value, STR("en")).p, rows[i].en);
        assert_string_equal(value_show(a, question, value, STR("fr")).p, rows[i].fr);
        json_decref(question);
        json_decref(value);
    }
    arena_free(a);
}

static void there_are_17_types(void **state)
{
    size_t n;
    (void)state;
    const char *const *types = value_types(&n);
    assert_int_equal(n, 17);
    assert_string_equal(types[0], "text");
    assert_string_equal(types[16], "confirm");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_trimmed_and_have_no_hidden_characters),
        cmocka_unit_test(an_answer_has_64_kibibytes),
        cmocka_unit_test(yes_no_takes_both_languages),
        cmocka_unit_test(choices_are_ids),
        cmocka_unit_test(numbers_keep_their_range),
        cmocka_unit_test(money_is_decimal_text),
        cmocka_unit_test(days_are_of_the_calendar),
        cmocka_unit_test(durations_are_minutes),
        cmocka_unit_test(items_keep_their_ids),
        cmocka_unit_test(a_list_has_500_items),
        cmocka_unit_test(sorting_places_every_row),
        cmocka_unit_test(a_grid_rates_every_row),
        cmocka_unit_test(ranking_needs_all),
        cmocka_unit_test(commitments_and_gates),
        cmocka_unit_test(typed_lines_are_read),
        cmocka_unit_test(values_are_shown_as_people_read_them),
        cmocka_unit_test(there_are_17_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
