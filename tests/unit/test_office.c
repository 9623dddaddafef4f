/* Word processors' files: every part is well-formed whatever stands in the tree, the same tree
 * gives the same bytes, and what a coach edits is a real heading, list, table, link, field. */
#include "base/files.h"
#include "document/package.h"
#include "document/page.h"
#include "unit.h"

#include <minizip/unzip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef bool writer(struct arena *a, const json_t *page, struct str *bytes, struct err *e);
static writer *const writers[] = {page_to_docx, page_to_odt};

static char file[] = "/tmp/office-XXXXXX";

static json_t *parse(const char *text)
{
    struct err e;
    json_t *page = NULL;
    if (!json_read(str_of(text), &page, &e))
        fail_msg("%s in %s", e.text, text);
    return page;
}

static json_t *load(struct arena *a, const char *name)
{
    struct err e;
    struct str text;
    struct str path = str_format(a, "tests/unit/data/office/%s.json", name);
    if (!files_read(a, path.p, 1 << 20, &text, &e))
        fail_msg("%s", e.text);
    return parse(text.p);
}

static struct str write_page(struct arena *a, writer *w, const json_t *page)
{
    struct err e;
    struct str bytes;
    if (!w(a, page, &bytes, &e))
        fail_msg("%s", e.text);
    return bytes;
}

static unzFile open_zip(struct str bytes)
{
    struct err e;
    if (!files_write(file, bytes, true, &e))
        fail_msg("%s", e.text);
    unzFile zip = unzOpen(file);
    assert_non_null(zip);
    return zip;
}

static struct str current_part(struct arena *a, unzFile zip, char name[100])
{
    unz_file_info info;
    assert_int_equal(unzGetCurrentFileInfo(zip, &info, name, 100, NULL, 0, NULL, 0), UNZ_OK);
    char *p = arena_alloc(a, info.uncompressed_size + 1);
    assert_int_equal(unzOpenCurrentFile(zip), UNZ_OK);
    assert_int_equal(unzReadCurrentFile(zip, p, (unsigned)info.uncompressed_size),
                     info.uncompressed_size);
    assert_int_equal(unzCloseCurrentFile(zip), UNZ_OK); /* checks the sum */
    return (struct str){p, info.uncompressed_size};
}

static struct str part_of(struct arena *a, struct str bytes, const char *name)
{
    char found[100];
    unzFile zip = open_zip(bytes);
    if (unzLocateFile(zip, name, 1) != UNZ_OK)
        fail_msg("there is no %s", name);
    struct str part = current_part(a, zip, found);
    (void)unzClose(zip);
    return part;
}

/* The end of a tag that begins at `at`; SIZE_MAX if it is no good one. */
static size_t tag_end(struct str xml, size_t at)
{
    char quote = 0;
    for (size_t i = at + 1; i < xml.n; i++) {
        if (xml.p[i] == '<')
            return SIZE_MAX;
        if (quote && xml.p[i] == quote)
            quote = 0;
        else if (!quote && (xml.p[i] == '"' || xml.p[i] == '\''))
            quote = xml.p[i];
        else if (!quote && xml.p[i] == '>')
            return i;
    }
    return SIZE_MAX;
}

static bool is_entity(struct str xml, size_t at)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (size_t i = 0; i < 5; i++)
        if (str_starts(str_part(xml, at, xml.n), str_of(known[i])))
            return true;
    return false;
}

static struct str name_of(struct str tag)
{
    size_t n = 0;
    while (n < tag.n && !strchr(" />", tag.p[n]))
        n++;
    return str_part(tag, 0, n);
}

/* Every element is closed in its order, signs are entities, characters are allowed. */
static void assert_xml(struct str xml, const char *name)
{
    static struct str open[2000];
    size_t depth = 0;
    if (!utf8_valid(xml))
        fail_msg("%s is not UTF-8", name);
    for (size_t i = 0; i < xml.n; i++) {
        if ((unsigned char)xml.p[i] < 0x20 && xml.p[i] != '\n')
            fail_msg("%s has a control character", name);
        if (xml.p[i] == '&' && !is_entity(xml, i))
            fail_msg("%s: %.40s", name, xml.p + i);
        if (xml.p[i] != '<' || xml.p[i + 1] == '?')
            continue;
        size_t end = tag_end(xml, i);
        if (end == SIZE_MAX)
            fail_msg("%s: %.40s", name, xml.p + i);
        struct str tag = str_part(xml, i + 1, end);
        if (tag.p[0] == '/') {
            if (depth == 0 || !str_eq(open[--depth], name_of(str_part(tag, 1, tag.n))))
                fail_msg("%s: not open: %.40s", name, xml.p + i);
        } else if (tag.p[tag.n - 1] != '/') {
            assert_true(depth < 2000);
            open[depth++] = name_of(tag);
        }
        i = end;
    }
    assert_int_equal(depth, 0);
}

static void assert_file(struct arena *a, struct str bytes, bool odt)
{
    char name[100];
    unzFile zip = open_zip(bytes);
    int more = unzGoToFirstFile(zip);
    for (size_t i = 0; more == UNZ_OK; i++, more = unzGoToNextFile(zip)) {
        struct str part = current_part(a, zip, name);
        if (i == 0)
            assert_string_equal(name, odt ? "mimetype" : "[Content_Types].xml");
        if (i > 0 || !odt)
            assert_xml(part, name);
    }
    (void)unzClose(zip);
}

static const char *const trees[] = {
    "{}",
    "[]",
    "{\"blocks\":{},\"words\":[],\"sources\":7,\"language\":\"x y\",\"title\":[]}",
    "{\"blocks\":[7,{},{\"is\":\"heading\"},{\"is\":\"list\"},{\"is\":\"table\"},{\"is\":\"board\"}"
    ","
    "{\"is\":\"quote\"},{\"is\":\"code\"},{\"is\":\"rule\"},{\"is\":\"paragraph\",\"text\":7}]}",
    "{\"blocks\":[{\"is\":\"list\",\"items\":[{},7,{\"blocks\":[{\"is\":\"list\",\"items\":[{}]}]}]"
    "},"
    "{\"is\":\"table\",\"rows\":[[],[[],[]],7]},{\"is\":\"table\",\"head\":[[]]},"
    "{\"is\":\"board\",\"board\":{\"grid\":[\"a .\",\"a "
    "b\"],\"blocks\":[{\"id\":\"a\",\"label\":\" \"},"
    "{\"id\":\"z\"},{}]}},{\"is\":\"board\",\"board\":{\"grid\":7,\"blocks\":[{\"id\":\"a\","
    "\"colour\":\"red\\\"\",\"items\":[\"text\",7,{\"flags\":[[],7,\"?\"]}]}]}}]}",
    "{\"title\":\"<&>\\u0001\\u202e\\\"'\",\"author\":\"\\uffff\",\"date\":\"<\",\"language\":\"<"
    "\","
    "\"words\":{\"page\":\"<{m}{n}{x}&\"},\"blocks\":[{\"is\":\"paragraph\",\"text\":[{\"text\":"
    "\"\","
    "\"link\":\"https://a\\\"><&'\\u00e9\"}],\"why\":[1,\"x\"]}]}",
};

static void assert_good(struct arena *a, const json_t *page)
{
    for (size_t k = 0; k < 2; k++) {
        struct str once = write_page(a, writers[k], page), again = write_page(a, writers[k], page);
        assert_true(str_eq(once, again));
        assert_file(a, once, k == 1);
    }
}

static void test_every_part_is_well_formed(void **state)
{
    (void)state;
    static const char *const names[] = {"plan", "arabic", "japanese", "hostile"};
    struct arena *a = arena_new();
    for (size_t i = 0; i < sizeof trees / sizeof trees[0] + 4; i++) {
        json_t *page = i < 4 ? load(a, names[i]) : parse(trees[i - 4]);
        assert_good(a, page);
        json_decref(page);
    }
    arena_free(a);
}

static void test_a_part_may_be_stored(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    json_t *page = parse("{}");
    struct str bytes = write_page(a, page_to_odt, page);
    /* The type is readable at a fixed place, without an extra field before it. */
    assert_true(str_starts(str_part(bytes, 30, bytes.n),
                           STR("mimetypeapplication/vnd.oasis.opendocument.text")));
    json_decref(page);
    arena_free(a);
}

enum { DOCX, ODT };
#define BLOCKS(json) "{\"language\":\"en\",\"blocks\":[" json "]}"
#define TEXT(json) BLOCKS("{\"is\":\"paragraph\",\"text\":[" json "]}")
#define BOARD                                                                                      \
    "{\"is\":\"board\",\"board\":{\"grid\":[\"a a b\",\"a a c\"],\"blocks\":[{\"id\":\"a\","       \
    "\"label\":\"Alpha\",\"colour\":\"#e6eee9\",\"items\":[{\"text\":\"kept\",\"mark\":\"=\","     \
    "\"change\":\"changed\",\"was\":\"before\",\"flags\":[\"?\"]}]},{\"id\":\"b\"},{\"id\":\"c\"}" \
    ","                                                                                            \
    "{\"id\":\"d\",\"label\":\"Without a place\"}],\"legend\":[\"= keep\",\"+ new\"]}}"
#define NUMBERS                                                                                    \
    "{\"is\":\"list\",\"ordered\":true,\"start\":5,\"items\":[{\"blocks\":[{\"is\":\"paragraph\"," \
    "\"text\":[{\"text\":\"five\"}]},{\"is\":\"list\",\"items\":[{\"blocks\":[{\"is\":"            \
    "\"paragraph\","                                                                               \
    "\"text\":[{\"text\":\"inside\"}]}]}]},{\"is\":\"table\",\"head\":[[{\"text\":\"h\"}]],"       \
    "\"rows\":[]},{\"is\":\"paragraph\",\"text\":[{\"text\":\"behind\"}]}]}]}"

static const struct row {
    int form;
    const char *part, *tree, *expect; /* "!" before it: must not be there */
} rows[] = {
    {DOCX, "word/document.xml",
     BLOCKS("{\"is\":\"heading\",\"level\":2,\"text\":[{\"text\":\"H\"}]}"),
     "<w:pStyle w:val=\"Heading2\"/></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space=\"preserve\">H<"},
    {ODT, "content.xml", BLOCKS("{\"is\":\"heading\",\"level\":9,\"text\":[{\"text\":\"H\"}]}"),
     "text:outline-level=\"4\">H</text:h>"},
    {DOCX, "word/document.xml", TEXT("{\"text\":\"a\",\"strong\":true,\"em\":true}"),
     "<w:b/><w:bCs/><w:i/><w:iCs/></w:rPr><w:t xml:space=\"preserve\">a<"},
    {ODT, "content.xml",
     TEXT("{\"text\":\"a  b\",\"strong\":true},{\"break\":true},{\"text\":\" c\"}"),
     "<text:span text:style-name=\"Strong_20_Emphasis\">a <text:s/>b</text:span><text:line-break/>"
     "<text:s/>c</text:p>"},
    {DOCX, "word/document.xml", TEXT("{\"text\":\"a\\u202eb\\u0007\\ufffe\\uffff<&\\n\"}"),
     ">a\\u202eb\\x07\\ufffe\\uffff&lt;&amp;</w:t></w:r><w:r><w:br/></w:r></w:p>"},
    {DOCX, "word/_rels/document.xml.rels",
     TEXT("{\"text\":\"a\",\"link\":\"https://a.b/\xC3\xA9 [%41%]\"}"),
     "Target=\"https://a.b/%C3%A9%20%5B%41%25%5D\""},
    {DOCX, "word/document.xml", TEXT("{\"text\":\"a\",\"link\":\"javascript:alert(1)\"}"),
     "!hyperlink"},
    {ODT, "content.xml", TEXT("{\"text\":\"a\",\"link\":\"file:///etc/passwd\"}"), "!passwd"},
    {ODT, "content.xml", TEXT("{\"text\":\"a\",\"link\":\"mailto:a@b.c\"}"),
     "xlink:href=\"mailto:a@b.c\""},
    {DOCX, "word/numbering.xml", BLOCKS(NUMBERS), "<w:startOverride w:val=\"5\"/>"},
    {DOCX, "word/document.xml", BLOCKS(NUMBERS), "<w:ilvl w:val=\"1\"/>"},
    {ODT, "content.xml", BLOCKS(NUMBERS), "<text:list-item text:start-value=\"5\"><text:p"},
    {ODT, "content.xml", BLOCKS(NUMBERS),
     "<text:list text:style-name=\"Numbers\" text:continue-numbering=\"true\"><text:list-header>"
     "<text:p text:style-name=\"List_20_Contents\">behind</text:p></text:list-header>"},
    {ODT, "content.xml", BLOCKS(NUMBERS),
     "five</text:p><text:list text:style-name=\"Bullets\"><text:list-item>"},
    {DOCX, "word/document.xml",
     BLOCKS("{\"is\":\"list\",\"items\":[{\"task\":\"done\",\"blocks\":[]}]}"),
     "<w14:checked w14:val=\"1\"/>"},
    {ODT, "content.xml",
     BLOCKS("{\"is\":\"list\",\"items\":[{\"task\":\"open\",\"blocks\":[{\"is\":\"paragraph\","
            "\"text\":[{\"text\":\"call\"}]}]}]}"),
     "☐<text:tab/>call</text:p>"},
    {DOCX, "word/document.xml",
     BLOCKS("{\"is\":\"table\",\"head\":[[{\"text\":\"h\"}]],\"rows\":[[[{\"text\":\"c\"}]]]}"),
     "<w:cantSplit/><w:tblHeader/>"},
    {ODT, "content.xml",
     BLOCKS("{\"is\":\"table\",\"head\":[[{\"text\":\"h\"}]],\"rows\":[[[{\"text\":\"c\"}]]]}"),
     "<table:table-header-rows><table:table-row table:style-name=\"RowWhole\">"},
    {DOCX, "word/document.xml", BLOCKS(BOARD), "w:orient=\"landscape\""},
    {DOCX, "word/document.xml", BLOCKS(BOARD),
     "</w:tcBorders><w:shd w:val=\"clear\" "
     "w:color=\"auto\" "
     "w:fill=\"e6eee9\"/>"},
    {DOCX, "word/document.xml", BLOCKS(BOARD), "<w:gridSpan w:val=\"2\"/><w:vMerge/>"},
    {DOCX, "word/document.xml", BLOCKS(BOARD), "Without a place"},
    {DOCX, "word/document.xml", BLOCKS(BOARD),
     "<w:strike/></w:rPr><w:t xml:space=\"preserve\">before<"},
    {ODT, "content.xml", BLOCKS(BOARD),
     "table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\">"},
    {ODT, "content.xml", BLOCKS(BOARD), "<table:covered-table-cell/>"},
    {ODT, "content.xml", BLOCKS(BOARD), "style:master-page-name=\"Landscape\""},
    {ODT, "content.xml", BLOCKS(BOARD), "= keep <text:s/><text:s/>+ new"},
    {DOCX, "word/document.xml", TEXT("{\"text\":\"\xD8\xB9 abc\"}"),
     "<w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">\xD8\xB9 "
     "</w:t></w:r>"
     "<w:r><w:rPr></w:rPr><w:t xml:space=\"preserve\">abc<"},
    {ODT, "content.xml", TEXT("{\"text\":\"\xD8\xB9 abc\"}"),
     "fo:text-align=\"right\" style:writing-mode=\"rl-tb\""},
    {DOCX, "word/document.xml",
     BLOCKS("{\"is\":\"list\",\"items\":[{\"blocks\":[{\"is\":\"heading\",\"level\":2,\"text\":[]}]"
            "}]}"),
     "<w:pStyle w:val=\"Heading2\"/><w:numPr>"},
    {ODT, "content.xml",
     BLOCKS("{\"is\":\"list\",\"items\":[{\"blocks\":[{\"is\":\"paragraph\",\"text\":[]},{\"is\":"
            "\"quote\",\"blocks\":[{\"is\":\"paragraph\",\"text\":[{\"text\":\"q\"}]}]}]}]}"),
     "\"Quotations\">q<"},
    {DOCX, "word/document.xml", BLOCKS(BOARD), "<w:titlePg/>"},
    {ODT, "content.xml", TEXT("{\"text\":\"a\"}"), "style:master-page-name=\"First_20_Page\""},
    {DOCX, "word/styles.xml", "{\"language\":\"fr\"}", "<w:lang w:val=\"fr-FR\""},
    {DOCX, "word/styles.xml", "{\"language\":\"fr-CA\"}", "<w:lang w:val=\"fr-CA\""},
    {ODT, "styles.xml", "{\"language\":\"zh-Hant-TW\"}",
     "style:language-asian=\"zh\" style:country-asian=\"TW\""},
    {DOCX, "docProps/core.xml", "{\"title\":\"A & B\",\"author\":\"C\",\"date\":\"2026-11-23\"}",
     "<dc:title>A &amp; B</dc:title><dc:creator>C</dc:creator>"},
    {DOCX, "word/header1.xml",
     BLOCKS("{\"is\":\"heading\",\"level\":1,\"text\":[{\"text\":\"My \"},{\"text\":\"plan\"}]}"),
     ">My plan<"},
    {ODT, "meta.xml", BLOCKS("{\"is\":\"board\",\"board\":{\"title\":\"My canvas\"}}"),
     ">My canvas<"},
    {ODT, "content.xml",
     BLOCKS("{\"is\":\"heading\",\"level\":1,\"text\":[{\"text\":\"P\"}]},"
            "{\"is\":\"paragraph\",\"text\":[{\"text\":\"for Ada\"}]}"),
     "\"Details\">for Ada<"},
    {ODT, "content.xml",
     BLOCKS("{\"is\":\"board\",\"board\":{\"client\":\"Ada\",\"date\":\"2026-11-23\"}}"),
     ">Ada · 23 November 2026<"},
    {DOCX, "word/document.xml",
     BLOCKS("{\"is\":\"board\",\"board\":{\"state_label\":\"What changes\","
            "\"subtitle\":\"Ada · 1 May\"}}"),
     ">What changes · Ada · 1 May<"},
    {ODT, "content.xml",
     BLOCKS("{\"is\":\"board\",\"board\":{\"state_label\":\"target\","
            "\"subtitle\":\"Ada, target\"}}"),
     ">Ada, target<"},
    {DOCX, "docProps/core.xml", "{\"date\":\"2026-11-23\"}", ">2026-11-23T00:00:00Z<"},
    {ODT, "meta.xml", "{\"date\":\"2026-13-23\"}", "!date>"},
    {DOCX, "word/footer1.xml", "{\"words\":{\"page\":\"Page {n} of {m}\"}}",
     "of </w:t></w:r><w:fldSimple w:instr=\" NUMPAGES \">"},
    {ODT, "styles.xml", "{\"words\":{\"page\":\"Page {n} of {m}\"}}",
     "</text:page-number> of <text:page-count>"},
    {DOCX, "word/document.xml", "{\"paper\":\"Letter\"}", "<w:pgSz w:w=\"12240\" w:h=\"15840\"/>"},
    {ODT, "styles.xml", "{}", "fo:page-width=\"595.30pt\" fo:page-height=\"841.90pt\""},
    {DOCX, "word/document.xml",
     "{\"blocks\":[{\"is\":\"paragraph\",\"text\":[{\"text\":\"t\"}],\"why\":[3]}],\"sources\":[{"
     "\"n\":3,\"ask\":\"What?\",\"shown\":\"That.\"}]}",
     "<w:hyperlink w:anchor=\"source3\">"},
    {DOCX, "word/document.xml", "{\"sources\":[{\"n\":3,\"ask\":\"What?\",\"shown\":\"That.\"}]}",
     "w:name=\"source3\"/>"},
    {ODT, "content.xml",
     "{\"title\":\"T\",\"blocks\":[{\"is\":\"heading\",\"level\":1,\"text\":[]}]}", "!Title"},
    {ODT, "content.xml", "{\"title\":\"T\",\"author\":\"A\",\"date\":\"2026-11-23\"}", ">A · 2"},
};

static void test_what_stands_in_the_parts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        json_t *page = parse(rows[i].tree);
        struct str part = part_of(a, write_page(a, writers[rows[i].form], page), rows[i].part);
        bool absent = rows[i].expect[0] == '!';
        if ((strstr(part.p, rows[i].expect + absent) != NULL) == absent)
            fail_msg("row %zu: %s in\n%s", i, rows[i].expect, part.p);
        json_decref(page);
        arena_free(a);
    }
}

static void test_lists_start_again(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    json_t *page = parse(BLOCKS(NUMBERS "," NUMBERS));
    struct str part = part_of(a, write_page(a, page_to_docx, page), "word/numbering.xml");
    const char *first = strstr(part.p, "startOverride");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "startOverride"));
    json_decref(page);
    arena_free(a);
}

static void assert_refused(json_t *page, const char *words)
{
    struct arena *a = arena_new();
    for (size_t k = 0; k < 2; k++) {
        struct err e = {0};
        struct str bytes;
        assert_false(writers[k](a, page, &bytes, &e));
        assert_int_equal(e.code, ERR_LIMIT);
        if (!strstr(e.text, words))
            fail_msg("%s", e.text);
    }
    json_decref(page);
    arena_free(a);
}

static void test_limits(void **state)
{
    (void)state;
    size_t n = 5 << 20;
    char *text = malloc(n + 1);
    assert_non_null(text);
    memset(text, 'x', n);
    text[n] = '\0';
    assert_refused(
        json_pack("{s:[{s:s,s:[{s:s}]}]}", "blocks", "is", "paragraph", "text", "text", text),
        "4 MB of text");
    free(text);
    json_t *block = json_pack("{s:s,s:[]}", "is", "quote", "blocks");
    for (int depth = 0; depth < 500; depth++)
        block = json_pack("{s:s,s:[o]}", "is", "quote", "blocks", block);
    assert_refused(json_pack("{s:[o]}", "blocks", block), "deeper than 40");
    json_t *blocks = json_array();
    for (int i = 0; i < 200000; i++)
        json_array_append_new(blocks, json_pack("{s:s}", "is", "rule"));
    assert_refused(json_pack("{s:o}", "blocks", blocks), "4 MB");
}

static void test_a_package_has_a_limit(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct err e = {0};
    struct str bytes, content = str_format(a, "%0100000d", 7);
    for (size_t limit = 0; limit < 100000; limit += 9973) {
        struct package *p = package_new(a, limit);
        package_add(p, "a", content, PACKAGE_STORED);
        package_add(p, "b", STR(""), PACKAGE_PACKED);
        assert_false(package_finish(p, &bytes, &e));
        assert_int_equal(e.code, ERR_LIMIT);
    }
    arena_free(a);
}

static void test_long_words(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    char *word = arena_alloc(a, 20001);
    memset(word, 'w', 20000);
    json_t *page = json_pack("{s:[{s:s,s:[[{s:s}]],s:[[[{s:s}]]]}]}", "blocks", "is", "table",
                             "head", "text", word, "rows", "text", word);
    assert_good(a, page);
    json_decref(page);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_part_is_well_formed),
        cmocka_unit_test(test_a_part_may_be_stored),
        cmocka_unit_test(test_what_stands_in_the_parts),
        cmocka_unit_test(test_lists_start_again),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_a_package_has_a_limit),
        cmocka_unit_test(test_long_words),
    };
    int fd = mkstemp(file);
    if (fd < 0 || close(fd) != 0)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)unlink(file);
    return failed;
}
