/* The tree of a page, from the events of libxml2's HTML parser. Building our own tree from them, not taking
 * libxml2's, keeps for each stretch of text where it stands in the page, which no later look could tell. The
 * only file that knows libxml2. */
#include "page/tree.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "page/page.h"
#include "page/strip.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

typedef struct builder {
    page_tree *tree;
    const page_stripped *stripped;
    htmlParserCtxtPtr parser;
    size_t cursor;
    uint32_t open; /* innermost element */
    uint32_t
        done; /* kept bytes that are accounted for; elements that go without saying may push it too far */
    uint32_t text_done; /* the end of the last text */
    char *room;         /* as long as what was kept: texts that stand there byte for byte, side by side */
    size_t used;
    dsr_status status;
} builder;

static const char *const tag_names[PAGE_TAGS] = {
    "",       "",        "a",      "address", "article", "aside", "b",     "blockquote", "body",   "br",
    "button", "caption", "center", "dd",      "div",     "dl",    "dt",    "figcaption", "figure", "footer",
    "form",   "h1",      "h2",     "h3",      "h4",      "h5",    "h6",    "head",       "header", "hr",
    "html",   "img",     "input",  "label",   "li",      "link",  "main",  "meta",       "nav",    "ol",
    "option", "p",       "pre",    "section", "select",  "span",  "table", "tbody",      "td",     "textarea",
    "th",     "time",    "title",  "tr",      "ul"};

static uint8_t tag_of(const char *name)
{
    int low = PAGE_TAG_A;
    int high = PAGE_TAGS - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        int order = strcmp(name, tag_names[middle]);
        if (order == 0) {
            return (uint8_t)middle;
        }
        if (order < 0) {
            high = middle - 1;
        } else {
            low = middle + 1;
        }
    }
    if (strcmp(name, "del") == 0 || strcmp(name, "s") == 0 || strcmp(name, "strike") == 0) {
        return PAGE_TAG_DEL;
    }
    if (strcmp(name, "base") == 0) {
        return PAGE_TAG_BASE;
    }
    return strcmp(name, "strong") == 0 ? PAGE_TAG_B : PAGE_TAG_OTHER;
}

const char *const dsr_page_attribute_names[PAGE_ATTRS] = {
    "aria-hidden", "class", "content", "datetime", "hidden", "href", "id",   "itemprop",
    "itemtype",    "lang",  "name",    "property", "rel",    "role", "style"};

static int attribute_of(const char *name)
{
    for (int i = 0; i < PAGE_ATTRS; i++) {
        if (strcmp(name, dsr_page_attribute_names[i]) == 0) {
            return i;
        }
    }
    return -1;
}

/* Bytes that the parser has taken so far. */
static uint32_t position(const builder *b)
{
    const xmlParserInput *input = b->parser->input;
    return (uint32_t)(input->consumed + (unsigned long)(input->cur - input->base));
}

static void stop(builder *b, dsr_status status)
{
    b->status = b->status == DSR_OK ? status : b->status;
    xmlStopParser(b->parser);
}

static page_node *add_node(builder *b, uint8_t tag)
{
    page_tree *tree = b->tree;
    if (b->status != DSR_OK || tree->cut_nodes) {
        return NULL;
    }
    if (tree->nodes.count >= DSR_LIMIT_PAGE_NODES) {
        tree->cut_nodes = true;
        xmlStopParser(b->parser);
        return NULL;
    }
    if (DSR_LIST_RESERVE(tree->arena, &tree->nodes, 1) != DSR_OK) {
        stop(b, DSR_ERR_MEMORY);
        return NULL;
    }
    page_node *node = &tree->nodes.items[tree->nodes.count++];
    uint16_t above = tree->nodes.items[b->open].depth;
    *node = (page_node){.parent = b->open,
                        .end = (uint32_t)tree->nodes.count,
                        .depth = above < UINT16_MAX ? (uint16_t)(above + 1) : above,
                        .tag = tag};
    return node;
}

static void take_values(builder *b, page_node *node, const xmlChar **pairs)
{
    page_tree *tree = b->tree;
    node->first = (uint32_t)tree->values.count;
    for (size_t i = 0; pairs != NULL && pairs[i] != NULL; i += 2) {
        int name = attribute_of((const char *)pairs[i]);
        if (name < 0) {
            continue;
        }
        dsr_slice value = dsr_slice_of((const char *)pairs[i + 1]);
        dsr_slice copy = DSR_SLICE("");
        if (DSR_LIST_RESERVE(tree->arena, &tree->values, 1) != DSR_OK ||
            (value.len > 0 && dsr_arena_copy(tree->arena, value, &copy) != DSR_OK)) {
            stop(b, DSR_ERR_MEMORY);
            return;
        }
        tree->values.items[tree->values.count++] = (page_value){(page_attribute)name, copy};
        node->values++;
    }
}

static void on_start(void *context, const xmlChar *name, const xmlChar **pairs)
{
    builder *b = context;
    page_node *node = add_node(b, tag_of((const char *)name));
    if (node != NULL) {
        b->open = (uint32_t)(b->tree->nodes.count - 1);
        take_values(b, node, pairs);
    }
    b->done = position(b);
}

static void on_end(void *context, const xmlChar *name)
{
    builder *b = context;
    (void)name;
    page_node *nodes = b->tree->nodes.items;
    if (b->open == 0 || b->tree->cut_nodes) {
        return;
    }
    nodes[b->open].end = (uint32_t)b->tree->nodes.count;
    b->open = nodes[b->open].parent;
    b->done = position(b);
}

/* Where `count` bytes that the parser hands out stand in what it was given; false where they do not stand
 * there as they are. It hands them out when it is behind them, or on the last character. */
static bool find_bytes(const builder *b, const char *bytes, uint32_t count, uint32_t *start)
{
    dsr_slice kept = dsr_buffer_slice(&b->stripped->kept);
    uint32_t at = position(b);
    if (at > b->done && memchr(kept.ptr + b->done, '&', at - b->done) != NULL) {
        return false; /* a reference: what it stands for may well follow it too */
    }
    for (uint32_t step = 0; step <= 4; step++) {
        uint64_t end = (uint64_t)at + step;
        if (end <= kept.len && end >= count && end - count >= b->text_done &&
            memcmp(kept.ptr + (end - count), bytes, count) == 0) {
            *start = (uint32_t)(end - count);
            return true;
        }
    }
    return false;
}

static void add_text(builder *b, dsr_slice text, dsr_source_span source, bool whole)
{
    page_tree *tree = b->tree;
    page_node *node = add_node(b, PAGE_TAG_TEXT);
    if (node == NULL) {
        return;
    }
    if (DSR_LIST_RESERVE(tree->arena, &tree->texts, 1) != DSR_OK) {
        stop(b, DSR_ERR_MEMORY);
        return;
    }
    node->first = (uint32_t)tree->texts.count;
    tree->texts.items[tree->texts.count++] = (page_text){text, source, whole};
}

/* Copies bytes behind those copied before: each byte that was kept is handed out once. */
static dsr_slice put_bytes(builder *b, dsr_slice bytes)
{
    size_t left = b->stripped->kept.len - b->used;
    bytes.len = bytes.len < left ? bytes.len : left;
    char *to = b->room + b->used;
    memcpy(to, bytes.ptr, bytes.len);
    b->used += bytes.len;
    return (dsr_slice){to, bytes.len};
}

/* Joins text to the one before it, where nothing stands between them: a page of nothing but "<" is one text,
 * though the parser hands out each by itself. */
static bool lengthen(builder *b, dsr_slice text, dsr_source_span source)
{
    page_tree *tree = b->tree;
    const page_node *last = &tree->nodes.items[tree->nodes.count - 1];
    if (last->tag != PAGE_TAG_TEXT || last->parent != b->open) {
        return false;
    }
    page_text *before = &tree->texts.items[last->first];
    if (before->whole || before->source.end != source.start ||
        before->text.ptr + before->text.len != text.ptr) {
        return false;
    }
    before->text.len += text.len;
    before->source.end = source.end;
    return true;
}

/* Text that stands in the page byte for byte: cut where a comment or a dress tag stood in it. */
static void add_plain(builder *b, uint32_t start, uint32_t end)
{
    const page_stripped *stripped = b->stripped;
    while (start < end && b->status == DSR_OK) {
        uint32_t page = dsr_page_strip_find(stripped, start, &b->cursor);
        uint32_t stretch = b->cursor + 1 < stripped->stretches.count
                               ? stripped->stretches.items[b->cursor + 1].kept
                               : (uint32_t)stripped->kept.len;
        uint32_t tag = b->cursor < stripped->stretches.count ? stripped->stretches.items[b->cursor].tag : 0;
        uint32_t to = stretch < end && stretch > start ? stretch : end;
        dsr_slice text = put_bytes(b, (dsr_slice){stripped->kept.data + start, to - start});
        dsr_source_span source = {page, page + (tag != 0 ? tag : to - start)};
        if (tag != 0 || !lengthen(b, text, source)) {
            add_text(b, text, source, tag != 0);
        }
        start = to;
    }
}

/* Where the reference begins that ends at `at`: with its sign, behind the text before it. */
static uint32_t reference_at(const builder *b, uint32_t at)
{
    const char *kept = b->stripped->kept.data;
    uint32_t start = b->done < at ? b->done : at > 0 ? at - 1 : 0;
    const char *sign = memchr(kept + start, '&', at - start);
    if (sign != NULL) {
        return (uint32_t)(sign - kept);
    }
    for (uint32_t i = start; i > b->text_done; i--) {
        if (kept[i - 1] == '&') {
            return i - 1;
        }
    }
    return start;
}

/* A reference, or what stands for characters that the parser had to change. References to 0x80-0x9F mean
 * windows-1252, as browsers have it. */
static void add_changed(builder *b, const char *bytes, uint32_t count)
{
    uint32_t at = position(b);
    uint32_t start = reference_at(b, at);
    const char *sign = b->stripped->kept.data + start;
    dsr_slice behind = dsr_slice_part(dsr_buffer_slice(&b->stripped->kept), start, b->stripped->kept.len);
    bool known = dsr_slice_starts(behind, DSR_SLICE("&#")) || dsr_slice_starts(behind, DSR_SLICE("&amp"));
    if (count == 1 && bytes[0] == '&' && *sign == '&' && !known) {
        at = start + 1; /* of an unknown reference the sign comes first, the name by itself */
    }
    uint32_t page = dsr_page_strip_find(b->stripped, start, &b->cursor);
    dsr_slice text = {bytes, count};
    char other[4];
    size_t length = 0;
    uint32_t c = dsr_utf8_decode(bytes, bytes + count, &length);
    uint32_t meant = length == count && c >= 0x80 && c < 0xA0 ? dsr_windows_1252((unsigned char)c) : 0;
    if (meant != 0) {
        text = (dsr_slice){other, dsr_utf8_encode(meant, other)};
    }
    uint32_t end = at > start ? page + (at - start) : page + 1;
    end = end <= b->tree->page.len ? end : (uint32_t)b->tree->page.len;
    dsr_source_span source = {page < end ? page : end, end};
    bool plain = dsr_slice_equal(text, dsr_slice_part(b->tree->page, source.start, source.end));
    dsr_slice copy = put_bytes(b, text);
    if (copy.len < text.len && dsr_arena_copy(b->tree->arena, text, &copy) != DSR_OK) {
        stop(b, DSR_ERR_MEMORY);
        return;
    }
    if (!plain || !lengthen(b, copy, source)) {
        add_text(b, copy, source, !plain);
    }
    b->done = at > b->done ? at : b->done;
    b->text_done = at > b->text_done ? at : b->text_done;
}

static void on_text(void *context, const xmlChar *bytes, int length)
{
    builder *b = context;
    if (length <= 0 || b->status != DSR_OK) {
        return;
    }
    uint32_t start = 0;
    uint32_t count = (uint32_t)length;
    if (find_bytes(b, (const char *)bytes, count, &start)) {
        add_plain(b, start, start + count);
        b->done = b->text_done = start + count;
    } else {
        add_changed(b, (const char *)bytes, count);
    }
}

static dsr_status run_parser(builder *b)
{
    xmlSAXHandler handler = {.startElement = on_start,
                             .endElement = on_end,
                             .characters = on_text,
                             .ignorableWhitespace = on_text,
                             .cdataBlock = on_text};
    const dsr_buffer *kept = &b->stripped->kept;
    if (kept->len == 0) {
        return DSR_OK;
    }
    b->parser = htmlCreateMemoryParserCtxt(kept->data, (int)kept->len);
    if (b->parser == NULL) {
        return DSR_ERR_MEMORY;
    }
    (void)htmlCtxtUseOptions(b->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                            HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    *b->parser->sax = handler;
    b->parser->userData = b;
    (void)xmlSwitchEncoding(b->parser, XML_CHAR_ENCODING_UTF8);
    (void)htmlParseDocument(b->parser);
    bool memory = b->parser->errNo == XML_ERR_NO_MEMORY;
    htmlFreeParserCtxt(b->parser);
    return memory ? DSR_ERR_MEMORY : b->status;
}

void dsr_page_prepare(void)
{
    /* Its tables of names are locked by a lock that it makes at first use, without a lock. */
    xmlInitParser();
}

dsr_status dsr_page_tree_build(dsr_arena *arena, dsr_slice page, page_tree *out)
{
    page_tree tree = {.arena = arena, .page = page};
    page_stripped stripped;
    builder b = {.tree = &tree, .stripped = &stripped};
    dsr_status status = dsr_page_strip(&tree, &stripped);
    if (status == DSR_OK) {
        status = DSR_LIST_RESERVE(arena, &tree.nodes, stripped.kept.len / 24 + 16);
    }
    if (status == DSR_OK) {
        status = DSR_LIST_RESERVE(arena, &tree.texts, stripped.kept.len / 64 + 16);
    }
    if (status == DSR_OK && (b.room = dsr_arena_alloc(arena, stripped.kept.len + 1)) == NULL) {
        status = DSR_ERR_MEMORY;
    }
    if (status == DSR_OK) {
        tree.nodes.items[tree.nodes.count++] = (page_node){.end = 1, .tag = PAGE_TAG_OTHER};
        status = run_parser(&b);
    }
    dsr_buffer_drop(&stripped.kept);
    if (status != DSR_OK) {
        return status;
    }
    /* What is still open ends with the page. */
    for (uint32_t open = b.open;; open = tree.nodes.items[open].parent) {
        tree.nodes.items[open].end = (uint32_t)tree.nodes.count;
        if (open == 0) {
            break;
        }
    }
    *out = tree;
    return DSR_OK;
}

dsr_slice dsr_page_tree_attribute(const page_tree *tree, uint32_t node, page_attribute name)
{
    const page_node *n = &tree->nodes.items[node];
    for (uint32_t i = 0; n->tag != PAGE_TAG_TEXT && i < n->values; i++) {
        if (tree->values.items[n->first + i].name == name) {
            return tree->values.items[n->first + i].value;
        }
    }
    return DSR_SLICE_NONE;
}

/* Appends with white space collapsed; `used` bytes of `to` are taken. */
static size_t append_collapsed(char *to, size_t used, size_t most, dsr_slice text)
{
    for (size_t i = 0; i < text.len && used < most; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool blank = c == ' ' || (c >= 9 && c <= 13);
        bool hard = c == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] == 0xA0;
        if (blank || hard) {
            i += hard;
            if (used > 0 && to[used - 1] != ' ') {
                to[used++] = ' ';
            }
        } else {
            to[used++] = (char)c;
        }
    }
    return used;
}

dsr_status dsr_page_tree_text(const page_tree *tree, uint32_t node, size_t most, dsr_slice *out)
{
    const page_node *n = &tree->nodes.items[node];
    size_t size = 1;
    for (uint32_t i = node; i < n->end && size < most; i++) {
        const page_node *at = &tree->nodes.items[i];
        size += at->tag == PAGE_TAG_TEXT ? tree->texts.items[at->first].text.len : 1;
    }
    size = size < most ? size : most;
    char *text = dsr_arena_alloc(tree->arena, size + 1);
    if (text == NULL) {
        return DSR_ERR_MEMORY;
    }
    size_t used = 0;
    for (uint32_t i = node; i < n->end && used < size; i++) {
        const page_node *at = &tree->nodes.items[i];
        if (at->tag == PAGE_TAG_DEL) {
            i = at->end - 1;
            continue;
        }
        bool parts = at->tag != PAGE_TAG_TEXT && at->tag != PAGE_TAG_A && at->tag != PAGE_TAG_SPAN &&
                     at->tag != PAGE_TAG_B;
        used = append_collapsed(text, used, size,
                                at->tag == PAGE_TAG_TEXT ? tree->texts.items[at->first].text
                                : parts                  ? DSR_SLICE(" ")
                                                         : DSR_SLICE(""));
    }
    dsr_slice all = {text, used};
    size_t bad = 0;
    all.len = dsr_utf8_is_valid(all, &bad) ? used : bad; /* cut inside a character */
    *out = dsr_slice_trim(all);
    return DSR_OK;
}

uint32_t dsr_page_tree_entity(dsr_slice name)
{
    char key[16];
    if (name.len >= sizeof key) {
        return 0;
    }
    memcpy(key, name.ptr, name.len);
    key[name.len] = '\0';
    const htmlEntityDesc *found = htmlEntityLookup((const xmlChar *)key);
    return found != NULL ? found->value : 0;
}
