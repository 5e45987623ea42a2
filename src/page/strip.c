/* A page without what nobody reads of it. Cuts tags as browsers do; does not know which element may stand in
 * which: that is the parser's. */
#include "page/strip.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "page/references.h"

#include <string.h>

enum {
    NAME_BYTES = 24,   /* of an element's name that are looked at */
    NAME_SLOTS = 1024, /* different names that are counted; others are passed through without their tags */
    VALUE_BYTES = 8192
};

static const uint64_t HASH_START = 1469598103934665603u;

typedef struct open_name {
    uint64_t name; /* packed; 0: free */
    uint32_t open, passed;
} open_name;

typedef struct stripper {
    page_tree *tree;
    page_stripped *out;
    const char *start, *p, *end;
    open_name names[NAME_SLOTS];
    uint32_t name_count, depth;
    uint32_t endless;     /* a bit for each name in `unread` that has no end tag from here on */
    bool endless_comment; /* no comment ends from here on: nobody looks for it again */
    bool in_body;         /* what follows stands in the body, whether or not the page says so */
    bool raised;          /* in a <sup> that is set apart */
    uint32_t quotes;      /* <q> that are open */
    uint32_t marked;      /* a bit for each of them: it got a mark */
    dsr_status status;
} stripper;

typedef struct tag_name {
    char text[NAME_BYTES]; /* lower case */
    size_t len;
    uint64_t hash;
} tag_name;

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* Appends bytes of the page, and notes where they stand. */
static void keep(stripper *s, const char *from, size_t count)
{
    page_stripped *out = s->out;
    if (count == 0 || s->status != DSR_OK) {
        return;
    }
    const page_stretch *last =
        out->stretches.count > 0 ? &out->stretches.items[out->stretches.count - 1] : NULL;
    bool goes_on = last != NULL && last->tag == 0 &&
                   out->kept.len - last->kept == (size_t)(from - s->start) - last->page;
    s->status = goes_on ? DSR_OK : DSR_LIST_RESERVE(s->tree->arena, &out->stretches, 1);
    if (s->status == DSR_OK) {
        if (!goes_on) {
            out->stretches.items[out->stretches.count++] =
                (page_stretch){(uint32_t)out->kept.len, (uint32_t)(from - s->start), 0};
        }
        dsr_buffer_append(&out->kept, (dsr_slice){from, count});
    }
}

/* What is shown in place of `length` bytes of the page. */
static void keep_shown(stripper *s, const char *from, size_t length, dsr_slice shown)
{
    page_stripped *out = s->out;
    s->status = s->status == DSR_OK ? DSR_LIST_RESERVE(s->tree->arena, &out->stretches, 1) : s->status;
    if (s->status == DSR_OK) {
        out->stretches.items[out->stretches.count++] =
            (page_stretch){(uint32_t)out->kept.len, (uint32_t)(from - s->start), (uint32_t)length};
        dsr_buffer_append(&out->kept, shown);
    }
}

/* What the tag shows that begins at `tag` and was just read. */
static void keep_mark(stripper *s, const char *tag, dsr_slice mark)
{
    keep_shown(s, tag, (size_t)(s->p - tag), mark);
}

/* Text without references of its own, what is no character in it blank: parsers part ways over it. */
static void keep_plain(stripper *s, const char *from, const char *to)
{
    size_t at = s->out->kept.len;
    keep(s, from, (size_t)(to - from));
    for (size_t i = at; i < s->out->kept.len; i++) {
        char *c = &s->out->kept.data[i];
        if ((unsigned char)*c < 0x20 && (*c == '\f' || !is_blank(*c))) {
            *c = ' ';
        }
        bool none = (unsigned char)*c == 0xEF && i + 2 < s->out->kept.len && (unsigned char)c[1] == 0xBF &&
                    (unsigned char)c[2] >= 0xBE; /* U+FFFE and U+FFFF are no characters */
        if (none) {
            memset(c, ' ', 3);
        }
    }
}

/* Text; references that the parser does not know are resolved. */
static void keep_text(stripper *s, const char *from, const char *to)
{
    for (const char *p = from; p < to && (p = memchr(p, '&', (size_t)(to - p))) != NULL;) {
        uint32_t code = 0;
        size_t length = dsr_page_reference_at((dsr_slice){p, (size_t)(to - p)}, &code);
        char bytes[4];
        if (length == 0) {
            p++;
            continue;
        }
        dsr_slice shown = {bytes, dsr_utf8_encode(code, bytes)};
        shown = code == '&' ? DSR_SLICE("&amp;") : code == '<' ? DSR_SLICE("&lt;") : shown;
        keep_plain(s, from, p);
        keep_shown(s, p, length, shown);
        p = from = p + length;
    }
    keep_plain(s, from, to);
}

static void add(stripper *s, dsr_slice literal)
{
    dsr_buffer_append(&s->out->kept, literal);
}

static uint64_t hash_char(uint64_t hash, char c)
{
    return (hash ^ (unsigned char)c) * 1099511628211u;
}

static tag_name read_name(stripper *s)
{
    tag_name name = {.len = 0, .hash = HASH_START};
    while (s->p < s->end && !is_blank(*s->p) && *s->p != '>' && *s->p != '/') {
        char c = *s->p >= 'A' && *s->p <= 'Z' ? (char)(*s->p | 0x20) : *s->p;
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
        if (name.len < NAME_BYTES) {
            name.text[name.len++] = plain ? c : '_'; /* else the parser would read another name: "script*" */
        }
        name.hash = hash_char(name.hash, c);
        s->p++;
    }
    name.hash = name.hash == 0 ? 1 : name.hash;
    return name;
}

static bool is(const tag_name *name, const char *text)
{
    return strlen(text) == name->len && memcmp(name->text, text, name->len) == 0;
}

/* The place of a name in a list; -1. */
static int place_in(const tag_name *name, const char *const *list)
{
    for (int i = 0; list[i] != NULL; i++) {
        if (is(name, list[i])) {
            return i;
        }
    }
    return -1;
}

static bool is_one_of(const tag_name *name, const char *const *list)
{
    return place_in(name, list) >= 0;
}

/* Elements whose content nobody reads as text of the page. */
static const char *const unread[] = {"script",   "style",    "svg",     "noscript", "template", "iframe",
                                     "textarea", "noframes", "video",   "audio",    "canvas",   "object",
                                     "math",     "select",   "noembed", "map",      "xmp",      NULL};
/* They only dress letters. */
static const char *const dress[] = {"em",   "i",   "u",   "font", "small", "big",  "tt",  "code",
                                    "kbd",  "sub", "sup", "mark", "abbr",  "cite", "q",   "ins",
                                    "bdi",  "bdo", "var", "samp", "data",  "nobr", "wbr", "acronym",
                                    "ruby", "rt",  "rp",  "dfn",  NULL};
/* Any other element begins the body. */
static const char *const of_head[] = {"html", "head", "title", "meta", "link", "base", NULL};
static const char *const without_content[] = {"br",    "hr",     "meta",  "link",  "img",
                                              "input", "base",   "area",  "col",   "embed",
                                              "param", "source", "track", "frame", NULL};
/* Their ends may go without saying, so that their number says nothing of depth. */
static const char *const self_closing[] = {"p",     "li",     "dt",       "dd",   "tr",    "td",
                                           "th",    "html",   "head",     "body", "tbody", "thead",
                                           "tfoot", "option", "optgroup", NULL};

static open_name *find_name(stripper *s, const tag_name *name)
{
    size_t at = (size_t)(name->hash % NAME_SLOTS);
    while (s->names[at].name != 0 && s->names[at].name != name->hash) {
        at = (at + 1) % NAME_SLOTS;
    }
    if (s->names[at].name == 0) {
        if (s->name_count * 2 >= NAME_SLOTS) {
            return NULL;
        }
        s->name_count++;
        s->names[at].name = name->hash;
    }
    return &s->names[at];
}

/* ---- attributes ---- */

typedef struct attribute {
    dsr_slice name, value;
    char quote; /* 0: none */
} attribute;

/* The next attribute of the tag; false at its end, which is stepped over. */
static bool next_attribute(stripper *s, attribute *out)
{
    while (s->p < s->end && (is_blank(*s->p) || *s->p == '/')) {
        s->p++;
    }
    if (s->p >= s->end || *s->p == '>') {
        s->p += s->p < s->end;
        return false;
    }
    const char *from = s->p++;
    while (s->p < s->end && !is_blank(*s->p) && *s->p != '=' && *s->p != '>' && *s->p != '/') {
        s->p++;
    }
    *out = (attribute){{from, (size_t)(s->p - from)}, DSR_SLICE_NONE, 0};
    while (s->p < s->end && is_blank(*s->p)) {
        s->p++;
    }
    if (s->p >= s->end || *s->p != '=') {
        return true;
    }
    s->p++;
    while (s->p < s->end && is_blank(*s->p)) {
        s->p++;
    }
    from = s->p;
    if (s->p < s->end && (*s->p == '"' || *s->p == '\'')) {
        out->quote = *s->p;
        const char *close = memchr(from + 1, out->quote, (size_t)(s->end - from - 1));
        if (close != NULL) {
            out->value = (dsr_slice){from + 1, (size_t)(close - from - 1)};
            s->p = close + 1;
            return true;
        }
        out->quote = 0; /* a mark that never closes would swallow the page */
    }
    while (s->p < s->end && !is_blank(*s->p) && *s->p != '>') {
        s->p++;
    }
    out->value = (dsr_slice){from, (size_t)(s->p - from)};
    return true;
}

static int told_by(dsr_slice name)
{
    for (int i = 0; i < PAGE_ATTRS; i++) {
        if (dsr_slice_equal_nocase(name, dsr_slice_of(dsr_page_attribute_names[i]))) {
            return i;
        }
    }
    return -1;
}

/* What the declarations of a style say that bears on whether its element is seen. */
typedef struct looks {
    bool no_box, unseen;             /* display: none; visibility: hidden */
    bool lifted, clipped, cut, tiny; /* position: absolute; clip; overflow: hidden; a pixel or none in size */
} looks;

static void declare(looks *l, dsr_slice name, dsr_slice value)
{
    if (dsr_slice_equal_nocase(name, DSR_SLICE("display"))) {
        l->no_box = dsr_slice_equal_nocase(value, DSR_SLICE("none"));
    } else if (dsr_slice_equal_nocase(name, DSR_SLICE("visibility"))) {
        l->unseen = dsr_slice_equal_nocase(value, DSR_SLICE("hidden")) ||
                    dsr_slice_equal_nocase(value, DSR_SLICE("collapse"));
    } else if (dsr_slice_equal_nocase(name, DSR_SLICE("position"))) {
        l->lifted = dsr_slice_equal_nocase(value, DSR_SLICE("absolute"));
    } else if (dsr_slice_equal_nocase(name, DSR_SLICE("clip"))) {
        l->clipped =
            dsr_slice_starts(value, DSR_SLICE("rect(0")) || dsr_slice_starts(value, DSR_SLICE("rect(1px"));
    } else if (dsr_slice_equal_nocase(name, DSR_SLICE("overflow"))) {
        l->cut = dsr_slice_equal_nocase(value, DSR_SLICE("hidden"));
    } else if (dsr_slice_equal_nocase(name, DSR_SLICE("width")) ||
               dsr_slice_equal_nocase(name, DSR_SLICE("height"))) {
        l->tiny = l->tiny || dsr_slice_equal(value, DSR_SLICE("1px")) ||
                  dsr_slice_equal(value, DSR_SLICE("0")) || dsr_slice_equal(value, DSR_SLICE("0px"));
    }
}

/* Styles matter only where they hide what stands in the element; "overflow: hidden" by itself hides nothing
 * of it. Words for screen readers alone are lifted out of the page and clipped to nothing. Of two
 * declarations the later one holds. */
static bool hides(dsr_slice style)
{
    looks l = {false, false, false, false, false, false};
    dsr_slice one;
    while (dsr_slice_next_field(&style, ';', &one)) {
        size_t colon = dsr_slice_find(one, DSR_SLICE(":"), 0);
        if (colon != SIZE_MAX) {
            dsr_slice value = dsr_slice_part(one, colon + 1, one.len);
            value = dsr_slice_part(value, 0, dsr_slice_find(value, DSR_SLICE("!"), 0));
            declare(&l, dsr_slice_trim(dsr_slice_part(one, 0, colon)), dsr_slice_trim(value));
        }
    }
    return l.no_box || l.unseen || (l.lifted && (l.clipped || (l.cut && l.tiny)));
}

static void keep_attribute(stripper *s, const attribute *a, int which)
{
    size_t len = a->value.len < VALUE_BYTES ? a->value.len : VALUE_BYTES;
    while (len > 0 && len < a->value.len && ((unsigned char)a->value.ptr[len] & 0xC0) == 0x80) {
        len--;
    }
    bool marks = memchr(a->value.ptr != NULL ? a->value.ptr : "", '"', len) != NULL;
    char quote = a->quote != 0 ? a->quote : marks ? '\'' : '"';
    if (a->quote == 0 && marks && memchr(a->value.ptr, '\'', len) != NULL) {
        return;
    }
    add(s, DSR_SLICE(" "));
    add(s, dsr_slice_of(dsr_page_attribute_names[which]));
    dsr_buffer_append_char(&s->out->kept, '=');
    dsr_buffer_append_char(&s->out->kept, quote);
    size_t at = s->out->kept.len;
    dsr_buffer_append(&s->out->kept, (dsr_slice){a->value.ptr, len});
    for (size_t i = at; i < s->out->kept.len; i++) {
        if ((unsigned char)s->out->kept.data[i] < 0x20) {
            s->out->kept.data[i] = ' ';
        }
    }
    dsr_buffer_append_char(&s->out->kept, quote);
}

static void keep_attributes(stripper *s)
{
    attribute a;
    unsigned seen = 0;
    while (next_attribute(s, &a)) {
        int which = told_by(a.name);
        if (which < 0 || (seen & (1u << which)) != 0 || (which == PAGE_ATTR_STYLE && !hides(a.value))) {
            continue;
        }
        seen |= 1u << which;
        keep_attribute(s, &a, which);
    }
}

static void skip_attributes(stripper *s)
{
    attribute a;
    while (next_attribute(s, &a)) {
    }
}

/* ---- elements ---- */

/* The end tag of an element whose content is not parsed; NULL where there is none. */
static const char *find_close(const stripper *s, const tag_name *name)
{
    const char *p = s->p;
    while (p < s->end && (p = memchr(p, '<', (size_t)(s->end - p))) != NULL) {
        size_t left = (size_t)(s->end - p);
        if (left > name->len + 2 && p[1] == '/' &&
            dsr_slice_equal_nocase((dsr_slice){p + 2, name->len}, (dsr_slice){name->text, name->len}) &&
            !is_letter(p[2 + name->len])) {
            return p;
        }
        p++;
    }
    return NULL;
}

/* Whether a script's tag says that it is JSON-LD; steps over the attributes. */
static bool is_json_ld(stripper *s)
{
    bool found = false;
    attribute a;
    while (next_attribute(s, &a)) {
        found |= dsr_slice_equal_nocase(a.name, DSR_SLICE("type")) && a.value.len >= 19 &&
                 dsr_slice_equal_nocase(dsr_slice_part(a.value, 0, 19), DSR_SLICE("application/ld+json"));
    }
    return found;
}

/* Whether a template's tag says that it is shown where it stands; steps over the attributes. */
static bool is_shown_template(stripper *s)
{
    bool found = false;
    attribute a;
    while (next_attribute(s, &a)) {
        found |= dsr_slice_equal_nocase(a.name, DSR_SLICE("shadowrootmode")) ||
                 dsr_slice_equal_nocase(a.name, DSR_SLICE("shadowroot"));
    }
    return found;
}

static void skip_unread(stripper *s, const tag_name *name)
{
    bool json = is(name, "script") && is_json_ld(s);
    if (is(name, "template") && is_shown_template(s)) {
        return; /* only the tag itself goes */
    }
    if (!is(name, "script") && !is(name, "template")) {
        skip_attributes(s);
    }
    uint32_t bit = 1u << (unsigned)place_in(name, unread);
    const char *close = (s->endless & bit) != 0 ? NULL : find_close(s, name);
    s->endless |= close == NULL ? bit : 0;
    const char *end = close != NULL ? close : s->end;
    if (close == NULL && !is(name, "script") && !is(name, "style")) {
        return; /* only the tag itself goes */
    }
    s->tree->cut_script |= close == NULL;
    if (json && s->status == DSR_OK) {
        s->status = DSR_LIST_RESERVE(s->tree->arena, &s->tree->json_ld, 1);
        if (s->status == DSR_OK) {
            s->tree->json_ld.items[s->tree->json_ld.count++] = (dsr_slice){s->p, (size_t)(end - s->p)};
        }
    }
    s->p = end;
}

/* ---- what tags show by themselves ---- */

/* What the text from here on begins with, tags passed over; a few of them, so that it stays linear. */
static dsr_slice shown_next(const stripper *s)
{
    enum { TAGS = 4 };
    const char *p = s->p;
    for (int i = 0; i < TAGS && p < s->end && *p == '<'; i++) {
        size_t window = (size_t)(s->end - p) < VALUE_BYTES ? (size_t)(s->end - p) : VALUE_BYTES;
        const char *close = memchr(p, '>', window);
        p = close != NULL ? close + 1 : s->end;
    }
    return (dsr_slice){p, (size_t)(s->end - p)};
}

static bool starts_with_any(dsr_slice text, const char *const *list)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (dsr_slice_starts(text, dsr_slice_of(list[i]))) {
            return true;
        }
    }
    return false;
}

/* A raised figure or sign is a footnote's or an exponent: written beside a number it would make another one.
 * "1<sup>st</sup>" stays a word. */
static void show_raised(stripper *s, const char *tag, bool ends)
{
    static const char *const apart[] = {"0", "1", "2", "3",      "4",      "5",      "6", "7", "8", "9",
                                        "[", "(", "*", "\u2020", "\u2021", "\u2212", "-", "+", NULL};
    dsr_slice next = shown_next(s);
    if (!ends) {
        s->raised = starts_with_any(next, apart);
    }
    bool letter = next.len > 0 && (is_letter(next.ptr[0]) || (unsigned char)(next.ptr[0] - '0') < 10 ||
                                   (unsigned char)next.ptr[0] >= 0x80);
    if (s->raised && (!ends || letter)) {
        keep_mark(s, tag, DSR_SLICE(" "));
    }
    s->raised = s->raised && !ends;
}

/* The marks that browsers set around a <q>, unless the page wrote its own. */
static void show_quotation(stripper *s, const char *tag, bool ends)
{
    enum { DEEPEST = 32 };
    static const char *const own[] = {"\"",     "'",      "\u201c", "\u201e", "\u2018", "\u201a",
                                      "\u00ab", "\u2039", "&quot;", "&#34;",  "&ldquo", "&lsquo",
                                      "&laquo", "&bdquo", "&#8220", "&#8216", NULL};
    static const char *const marks[] = {"\u201c", "\u201d", "\u2018", "\u2019"};
    if (ends && s->quotes == 0) {
        return;
    }
    s->quotes -= ends;
    uint32_t bit = s->quotes < DEEPEST ? 1u << s->quotes : 0;
    if (!ends) {
        s->marked = starts_with_any(shown_next(s), own) ? s->marked & ~bit : s->marked | bit;
    }
    if ((s->marked & bit) != 0) {
        keep_mark(s, tag, dsr_slice_of(marks[(s->quotes & 1) * 2 + ends]));
    }
    s->quotes += !ends;
}

static void show_dress(stripper *s, const tag_name *name, const char *tag, bool ends)
{
    if (is(name, "sup")) {
        show_raised(s, tag, ends);
    } else if (is(name, "q")) {
        show_quotation(s, tag, ends);
    }
}

/* The parser takes elements that it does not know for the head's: what begins the body is told to it. */
static void begin_body(stripper *s, const tag_name *name)
{
    if (s->in_body || is_one_of(name, of_head)) {
        return;
    }
    s->in_body = true;
    if (is(name, "body") || is(name, "frameset")) {
        return;
    }
    tag_name body = {"body", 4, HASH_START};
    for (size_t i = 0; i < body.len; i++) {
        body.hash = hash_char(body.hash, body.text[i]);
    }
    open_name *open = find_name(s, &body);
    if (open != NULL) {
        open->open++;
        add(s, DSR_SLICE("</head><body>"));
    }
}

static void take_start(stripper *s)
{
    const char *tag = s->p++;
    tag_name name = read_name(s);
    if (is_one_of(&name, unread)) {
        skip_unread(s, &name);
        return;
    }
    if (is_one_of(&name, dress)) {
        skip_attributes(s);
        show_dress(s, &name, tag, false);
        return;
    }
    begin_body(s, &name);
    bool is_void = is_one_of(&name, without_content);
    open_name *open = is_void ? NULL : find_name(s, &name);
    bool deep = false;
    if (!is_void && !is_one_of(&name, self_closing)) {
        deep = open == NULL || s->depth >= DSR_LIMIT_PAGE_DEPTH || name.len >= NAME_BYTES;
    }
    if (deep || (is_void && !is(&name, "br") && !is(&name, "hr") && !is(&name, "meta") &&
                 !is(&name, "link") && !is(&name, "base"))) {
        skip_attributes(s);
        s->tree->cut_depth |= deep && s->depth >= DSR_LIMIT_PAGE_DEPTH;
        if (open != NULL) {
            open->passed++;
        }
        return;
    }
    if (open != NULL) {
        open->open++;
        s->depth += !is_one_of(&name, self_closing);
    }
    dsr_buffer_append_char(&s->out->kept, '<');
    add(s, (dsr_slice){name.text, name.len});
    keep_attributes(s);
    dsr_buffer_append_char(&s->out->kept, '>');
}

static void take_end(stripper *s)
{
    const char *tag = s->p;
    s->p += 2;
    tag_name name = read_name(s);
    skip_attributes(s);
    show_dress(s, &name, tag, true);
    if (is_one_of(&name, dress) || is_one_of(&name, unread) || is_one_of(&name, without_content)) {
        return;
    }
    open_name *open = find_name(s, &name);
    if (open == NULL || (open->passed == 0 && open->open == 0)) {
        return;
    }
    if (open->passed > 0) {
        open->passed--;
        return;
    }
    open->open--;
    if (!is_one_of(&name, self_closing)) {
        s->depth--;
    }
    add(s, DSR_SLICE("</"));
    add(s, (dsr_slice){name.text, name.len});
    dsr_buffer_append_char(&s->out->kept, '>');
}

static const char *find_text(const char *from, const char *end, dsr_slice what)
{
    size_t at = dsr_slice_find((dsr_slice){from, (size_t)(end - from)}, what, 0);
    return at == SIZE_MAX ? NULL : from + at;
}

/* Where a comment ends: "-->", and "--!>" as browsers have it. Its length in *step. */
static const char *comment_end(const char *from, const char *end, size_t *step)
{
    for (const char *p = from; (p = find_text(p, end, DSR_SLICE("--"))) != NULL; p++) {
        dsr_slice behind = {p + 2, (size_t)(end - p - 2)};
        if (dsr_slice_starts(behind, DSR_SLICE(">")) || dsr_slice_starts(behind, DSR_SLICE("!>"))) {
            *step = behind.ptr[0] == '>' ? 3 : 4;
            return p;
        }
    }
    return NULL;
}

/* A comment, a doctype or another declaration. */
static void skip_declaration(stripper *s)
{
    const char *end = NULL;
    size_t step = 1;
    if (!s->endless_comment && s->end - s->p >= 4 && memcmp(s->p, "<!--", 4) == 0) {
        end = comment_end(s->p + 2, s->end, &step);
        s->endless_comment = end == NULL;
    }
    if (end == NULL) { /* without an end, only what is up to the next ">" goes: no text is lost */
        end = memchr(s->p, '>', (size_t)(s->end - s->p));
        step = 1;
    }
    s->p = end == NULL ? s->end : end + step;
}

static void strip_all(stripper *s)
{
    while (s->p < s->end && s->status == DSR_OK && s->out->kept.status == DSR_OK) {
        const char *tag = memchr(s->p, '<', (size_t)(s->end - s->p));
        const char *stop = tag != NULL ? tag : s->end;
        keep_text(s, s->p, stop);
        s->p = stop;
        size_t left = (size_t)(s->end - s->p);
        if (left == 0) {
            break;
        }
        if (left > 1 && is_letter(s->p[1])) {
            take_start(s);
        } else if (left > 2 && s->p[1] == '/' && is_letter(s->p[2])) {
            take_end(s);
        } else if (left > 1 && (s->p[1] == '!' || s->p[1] == '?' || s->p[1] == '/')) {
            skip_declaration(s);
        } else {
            keep_text(s, s->p, s->p + 1);
            s->p++;
        }
    }
}

dsr_status dsr_page_strip(page_tree *tree, page_stripped *out)
{
    *out = (page_stripped){.stretches = {0}};
    dsr_buffer_open(&out->kept, 0);
    if (tree->page.len >= UINT32_MAX / 2) {
        return DSR_ERR_LIMIT;
    }
    stripper *s = dsr_arena_alloc(tree->arena, sizeof *s);
    if (s == NULL) {
        return DSR_ERR_MEMORY;
    }
    s->tree = tree;
    s->out = out;
    s->start = s->p = tree->page.ptr;
    s->end = tree->page.ptr + tree->page.len;
    (void)dsr_buffer_reserve(&out->kept, tree->page.len / 4 + 64);
    strip_all(s);
    return s->status != DSR_OK ? s->status : out->kept.status;
}

uint32_t dsr_page_strip_find(const page_stripped *stripped, uint32_t at, size_t *cursor)
{
    size_t i = *cursor;
    while (i + 1 < stripped->stretches.count && stripped->stretches.items[i + 1].kept <= at) {
        i++;
    }
    *cursor = i;
    if (i >= stripped->stretches.count || stripped->stretches.items[i].kept > at) {
        return 0;
    }
    return stripped->stretches.items[i].page + (at - stripped->stretches.items[i].kept);
}
