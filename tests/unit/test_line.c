/* Lines, pasted text and the editor in a pseudo-terminal, and what is sent to it. */
#include "terminal.h"

/* No line is wider than the window: sequences stripped, of a line drawn over only the last state.
 */
static void assert_fits(void)
{
    struct arena *a = arena_new();
    struct str rest = {t.got, t.n};
    while (rest.n) {
        struct str line = str_split(rest, '\n', &rest);
        struct buf b = {.a = a};
        while (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        for (size_t i = 0; i < line.n; i++) {
            if (line.p[i] == '\x1b') {
                for (i += 2;
                     i < line.n && !((line.p[i] | 0x20) >= 'a' && (line.p[i] | 0x20) <= 'z'); i++)
                    ;
            } else if (line.p[i] == '\r' || line.p[i] == '\b') {
                b.n = 0;
            } else {
                buf_add_char(&b, line.p[i]);
            }
        }
        if (text_width(buf_str(&b)) > (size_t)t.columns)
            fail_msg("wider than %d columns: %s", t.columns, buf_str(&b).p);
    }
    arena_free(a);
}

static void a_line_is_edited(void **state)
{
    (void)state;
    ask(Q("\"type\":\"text\""));
    expect("> ");
    type("helo\x1b[Dl\x05 w\xc3\xb6rld!\x7f\r");
    expect("saved");
    end_with(0, "answer d/q \"hello w\xc3\xb6rld\"\n");
    assert_only_own_sequences();
}

static void a_paste_is_one_answer(void **state)
{
    (void)state;
    ask(TWO);
    expect("> ");
    type("\x1b[200~one\rtwo\r\nthree\n\x1b[201~");
    expect("three");
    type("\r");
    expect("The second?");
    type("\x04");
    end_with(0, "answer d/q \"one two three\"\n");
}

static void a_paste_keeps_the_lines_of_a_long_text(void **state)
{
    (void)state;
    ask(Q("\"type\":\"long_text\""));
    expect("> ");
    type("So: \x1b[200~one\r\r:quit\x1b]0;x\x07\r?\x1b[201~\r");
    type("\r");
    expect("saved");
    end_with(0, "answer d/q \"So: one\\n\\n:quit]0;x\\n?\"\n");
    assert_only_own_sequences();
}

static void a_pasted_command_is_an_answer(void **state)
{
    (void)state;
    ask(Q("\"type\":\"text\""));
    expect("> ");
    type("\x1b[200~:quit\x1b[201~\r");
    end_with(0, "answer d/q \":quit\"\n");
}

static void a_paste_gives_a_list_its_items(void **state)
{
    (void)state;
    ask(Q("\"type\":\"list\""));
    expect("+ ");
    type("\x1b[200~time\r\rnerves\x1b[201~\r");
    expect("nerves");
    expect("+ ");
    type("\r");
    end_with(0, "answer d/q [{\"text\":\"time\"},{\"text\":\"nerves\"}]\n");
}

static void a_huge_paste_is_taken(void **state)
{
    (void)state;
    size_t n = 300000;
    char *huge = malloc(n + 1);
    memset(huge, 'x', n);
    for (size_t i = 0; i < n; i += 61)
        huge[i] = '\r';
    huge[n] = '\0';
    ask(Q("\"type\":\"long_text\""));
    expect("> ");
    type("\x1b[200~");
    type(huge);
    type("\x1b[201~");
    expect("characters pasted]");
    type("\r\r");
    expect("saved");
    end_with(0, NULL);
    free(huge);
}

static void a_paste_among_keys_is_ignored(void **state)
{
    (void)state;
    ask(Q(SORT));
    expect("nerves");
    type("\x1b[200~rr\rrr\x1b[201~");
    type("m");
    expect("time");
    type("m");
    expect("Enter saves");
    type("\r");
    end_with(0, "answer d/q {\"k1\":{\"to\":\"maintain\"},\"k2\":{\"to\":\"maintain\"}}\n");
}

static void the_old_answer_comes_back_for_editing(void **state)
{
    (void)state;
    ask(TWO);
    expect("> ");
    type("old words\r");
    expect("The second?");
    type(":back\r");
    expect("old words");
    expect("> ");
    type("\x1b[A!\r");
    expect("The second?");
    type("\x04");
    end_with(0, "answer d/q \"old words\"\nanswer d/q \"old words!\"\n");
}

/* Long words of every kind in a question of each width: nothing runs out of the window. */
static void every_width_is_kept(void **state)
{
    (void)state;
    static const char question[] = "[{\"key\":\"d/q\",\"id\":\"q\",\"type\":\"choice\",\"ask\":\"A "
                                   "question with quite a few words, and "
                                   "Donaudampfschifffahrtsgesellschaftskapitäne, and "
                                   "日本語のとても長い質問です\",\"help\":\"Some help that is "
                                   "long enough to be wrapped in every "
                                   "window.\",\"examples\":[\"one example of some length\"],"
                                   "\"options\":[{\"id\":\"a\",\"label\":\"An option with a label "
                                   "that is long\"},{\"id\":\"b\","
                                   "\"label\":\"short\"}]}]";
    static const int widths[] = {20, 33, 40, 80, 200};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        start(&(struct setup){
            .questions = question, .columns = widths[i], .language = i % 2 ? "fr" : "en"});
        expect("> ");
        type("?\r");
        expect("> ");
        type(":help\r");
        expect("> ");
        type("\x04");
        end_with(0, "");
        assert_fits();
    }
}

static void hostile_texts_send_nothing(void **state)
{
    (void)state;
    static const char question[] =
        "[{\"key\":\"d/"
        "q\",\"id\":\"q\",\"type\":\"text\",\"ask\":\"\\u001b]52;c;eA==\\u0007\\u001b[2J?\","
        "\"help\":\"\\u001bP1;1|17/ab\\u001b\\\\\",\"examples\":[\"\\u009b31m\",\"\\u202eabc\"],"
        "\"start\":\"\\u001b]0;title\\u0007\\u009d0;t\\u009c\"},"
        "{\"key\":\"d/"
        "r\",\"id\":\"r\",\"type\":\"choices\",\"ask\":\"R\",\"options\":[{\"id\":\"a\","
        "\"label\":\"\\u001b[?1049h\\rX\"}]}]";
    ask(question);
    expect("> ");
    type("?\r");
    expect("> ");
    type("\x1b[A\r");
    expect("saved");
    type("1\r");
    end_with(0, NULL);
    assert_only_own_sequences();
    for (size_t i = 0; i + 1 < t.n; i++) {
        assert_false(t.got[i] == '\x1b' && strchr("]P^_X", t.got[i + 1]));
        assert_false((unsigned char)t.got[i] == 0xC2 && (unsigned char)t.got[i + 1] < 0xA0);
    }
    assert_null(strstr(t.got, "\x1b[2J"));
    assert_null(strstr(t.got, "1049h\r"));
}

static void no_color_means_none(void **state)
{
    (void)state;
    ask(Q("\"type\":\"text\""));
    expect("\x1b[1m");
    type("x\r");
    end_with(0, NULL);
    start(&(struct setup){.questions = Q("\"type\":\"text\""), .name = "NO_COLOR", .value = "1"});
    expect("> ");
    type("x\r");
    expect("saved");
    end_with(0, NULL);
    assert_null(strstr(t.got, "\x1b[1m"));
    assert_null(strstr(t.got, "\x1b[2m"));
    assert_null(strstr(t.got, "\x1b[32m"));
}

static void write_script(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    (void)fputs(text, f);
    (void)fclose(f);
    (void)chmod(path, 0700);
}

/* What the editor saw of its folder is left beside, for the test to look at. */
static void the_editor_is_used_and_leaves_nothing(void **state)
{
    (void)state;
    char path[512], seen[512], command[1024], script[2048], line[512] = "";
    (void)snprintf(path, sizeof path, "%s/unit/editor.sh", getenv("BUILD"));
    (void)snprintf(seen, sizeof seen, "%s/unit/editor.seen", getenv("BUILD"));
    (void)snprintf(
        script, sizeof script,
        "#!/bin/sh\nstat -c '%%a' \"$2\" \"$(dirname \"$2\")\" | tr '\\n' ' ' > %s\n"
        "dirname \"$2\" >> %s\nprintf 'from %%s\\nand\\033[31m more\\n' \"$1\" > \"$2\"\n"
        "touch \"$(dirname \"$2\")/.answer.txt.swp\"\n",
        seen, seen);
    write_script(path, script);
    (void)snprintf(command, sizeof command, "%s a;b", path);
    start(&(struct setup){
        .questions = Q("\"type\":\"long_text\""), .name = "VISUAL", .value = command});
    expect("> ");
    type(":edit\r");
    expect("from a;b");
    end_with(0, "answer d/q \"from a;b\\nand[31m more\"\n");
    FILE *f = fopen(seen, "r");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    (void)fclose(f);
    assert_int_equal(strncmp(line, "600 700 ", 8), 0);
    line[strcspn(line, "\n")] = '\0';
    assert_int_equal(access(line + 8, F_OK), -1);
}

static void a_failing_editor_changes_nothing(void **state)
{
    (void)state;
    start(&(struct setup){
        .questions = Q("\"type\":\"long_text\""), .name = "VISUAL", .value = "false"});
    expect("> ");
    type(":edit\r");
    expect("did not end well");
    expect("> ");
    type("by hand\r\r");
    end_with(0, "answer d/q \"by hand\"\n");
}

int main(void)
{
    terminal_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_edited),
        cmocka_unit_test(a_paste_is_one_answer),
        cmocka_unit_test(a_paste_keeps_the_lines_of_a_long_text),
        cmocka_unit_test(a_pasted_command_is_an_answer),
        cmocka_unit_test(a_paste_gives_a_list_its_items),
        cmocka_unit_test(a_huge_paste_is_taken),
        cmocka_unit_test(a_paste_among_keys_is_ignored),
        cmocka_unit_test(the_old_answer_comes_back_for_editing),
        cmocka_unit_test(every_width_is_kept),
        cmocka_unit_test(hostile_texts_send_nothing),
        cmocka_unit_test(no_color_means_none),
        cmocka_unit_test(the_editor_is_used_and_leaves_nothing),
        cmocka_unit_test(a_failing_editor_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
