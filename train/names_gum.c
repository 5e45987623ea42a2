/* Reads treebanks for the name tagger. GUM tells entities: those that are proper names become names. Where
 * only tags are told (EWT) proper nouns may be any name or none, and everything else is none. */
#include "marked.h"
#include "names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TOKENS = 1024, DEPTH = 64, MOST_MENTIONS = 2048, FIELDS = 10 };

typedef struct tree_token {
    dsr_span span;
    bool proper; /* NNP, NNPS */
    bool capital;
} tree_token;

typedef struct mention {
    dsr_slice id, type, heads;
    uint32_t start, end; /* tokens, end exclusive */
    bool closed;
} mention;

typedef struct tree_reader {
    dsr_arena *arena;
    const dsr_gazetteer *gazetteer;
    name_documents *out;
    name_document *document;
    name_set set;
    text_maker text;
    tree_token tokens[MOST_TOKENS]; /* of the sentence */
    size_t token_count;
    mention mentions[MOST_MENTIONS];
    size_t mention_count;
    unsigned word_end; /* last number of a multiword token; 0 none */
    bool word_space;
    bool space;
} tree_reader;

/* ---- entities ---- */

static void open_mention(tree_reader *r, dsr_slice what)
{
    dsr_slice fields[8] = {{0}};
    for (size_t i = 0; i < 8 && dsr_slice_next_field(&what, '-', &fields[i]); i++) {
    }
    if (r->mention_count < MOST_MENTIONS) {
        r->mentions[r->mention_count++] =
            (mention){fields[0], fields[1], fields[5], (uint32_t)r->token_count - 1, 0, false};
    }
}

static void close_mention(tree_reader *r, dsr_slice id)
{
    for (size_t i = r->mention_count; i > 0; i--) {
        mention *m = &r->mentions[i - 1];
        if (!m->closed && dsr_slice_equal(m->id, id)) {
            m->closed = true;
            m->end = (uint32_t)r->token_count;
            return;
        }
    }
}

/* "(1-person-...(2-place-...)" or "2)1)". */
static void read_entities(tree_reader *r, dsr_slice entities)
{
    size_t at = 0;
    while (at < entities.len) {
        size_t end = at + 1;
        while (end < entities.len && entities.ptr[end] != '(' && entities.ptr[end] != ')') {
            end++;
        }
        bool closes = end < entities.len && entities.ptr[end] == ')';
        if (entities.ptr[at] == '(') {
            dsr_slice what = dsr_slice_part(entities, at + 1, end);
            open_mention(r, what);
            if (closes && r->mention_count > 0) {
                r->mentions[r->mention_count - 1].closed = true;
                r->mentions[r->mention_count - 1].end = (uint32_t)r->token_count;
            }
        } else if (closes) {
            close_mention(r, dsr_slice_part(entities, at, end));
        }
        at = end + closes;
    }
}

static dsr_slice token_text(const tree_reader *r, size_t at)
{
    dsr_span span = r->tokens[at].span;
    return (dsr_slice){r->text.bytes + span.start, span.end - span.start};
}

static bool is_one_of(dsr_slice token, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (dsr_slice_equal(token, dsr_slice_of(*list))) {
            return true;
        }
    }
    return false;
}

/* A word that may stand between the words of a name. */
static bool is_link(const tree_reader *r, size_t at, bool person)
{
    static const char *const in_all[] = {"-",   "de", "du", "la", "del", "von", "van",
                                         "der", "le", "al", "el", ".",   NULL};
    static const char *const in_others[] = {"of", "the", "and", "for", "&", "/", "'s", "’s", NULL};
    dsr_slice token = token_text(r, at);
    return is_one_of(token, in_all) || (!person && is_one_of(token, in_others));
}

/* Takes titles off the front of a person's name. */
static size_t without_titles(const tree_reader *r, size_t first, size_t last)
{
    for (size_t end = first + 3 < last ? first + 3 : last; end > first; end--) {
        dsr_phrase_key key = DSR_PHRASE_NOTHING;
        for (size_t i = first; i < end; i++) {
            key = dsr_phrase_join(key, dsr_phrase_key_of(token_text(r, i)));
        }
        uint32_t lists = dsr_gazetteer_find(r->gazetteer, key, NULL);
        if ((lists & (DSR_GAZETTEER_TITLE | DSR_GAZETTEER_ROLE)) != 0 && (lists & DSR_GAZETTEER_GIVEN) == 0) {
            return without_titles(r, end, last);
        }
    }
    return first;
}

static bool is_name_word(const tree_reader *r, size_t at)
{
    return r->tokens[at].proper || r->tokens[at].capital;
}

/* The token of the mention that is its head, `end` where that is no proper noun. */
static size_t head_of(const tree_reader *r, const mention *m)
{
    dsr_slice heads = m->heads;
    dsr_slice one;
    while (dsr_slice_next_field(&heads, ',', &one)) {
        size_t at = m->start + (size_t)strtoul(one.len > 0 ? one.ptr : "0", NULL, 10) - 1;
        if (at >= m->start && at < m->end && r->tokens[at].proper) {
            return at;
        }
    }
    return m->end;
}

/* The name in a mention, around its head; false where it has none. */
static bool find_name(const tree_reader *r, const mention *m, dsr_span *out)
{
    size_t head = head_of(r, m);
    if (head == m->end) {
        return false;
    }
    bool person = dsr_slice_equal(m->type, DSR_SLICE("person"));
    size_t first = head;
    size_t last = head;
    for (size_t at = head; at > m->start; at--) {
        if (is_name_word(r, at - 1)) {
            first = at - 1;
        } else if (!is_link(r, at - 1, person)) {
            break;
        }
    }
    for (size_t at = head + 1; at < m->end; at++) {
        if (is_name_word(r, at)) {
            last = at;
        } else if (!is_link(r, at, person)) {
            break;
        }
    }
    if (first < last && dsr_slice_equal_nocase(token_text(r, first), DSR_SLICE("the"))) {
        first++;
    }
    first = person ? without_titles(r, first, last) : first;
    *out = (dsr_span){r->tokens[first].span.start, r->tokens[last].span.end};
    return true;
}

static unsigned types_of(const tree_reader *r, dsr_slice type, dsr_slice name)
{
    uint32_t lists = dsr_gazetteer_find_text(r->gazetteer, name);
    if (dsr_slice_equal(type, DSR_SLICE("person"))) {
        return (lists & DSR_GAZETTEER_DEMONYM) != 0 ? 1u << DSR_NAME_NORP : 1u << DSR_NAME_PER;
    }
    if (dsr_slice_equal(type, DSR_SLICE("organization"))) {
        return 1u << DSR_NAME_ORG;
    }
    if (dsr_slice_equal(type, DSR_SLICE("place"))) {
        return types_of_place(r->gazetteer, name);
    }
    if (dsr_slice_equal(type, DSR_SLICE("event"))) {
        return 1u << DSR_NAME_EVENT | MAY_BE_NONE;
    }
    return dsr_slice_equal(type, DSR_SLICE("time")) ? MAY_BE_NONE : MAY_BE_ANY;
}

static bool put_span(tree_reader *r, dsr_span span, unsigned types)
{
    known_spans *spans = &r->document->spans;
    if (DSR_LIST_RESERVE(r->arena, spans, 1) != DSR_OK) {
        return false;
    }
    size_t at = spans->count;
    while (at > 0 && spans->items[at - 1].span.start > span.start) {
        spans->items[at] = spans->items[at - 1];
        at--;
    }
    spans->items[at] = (known_span){span, types};
    spans->count++;
    return true;
}

static bool is_taken(const tree_reader *r, dsr_span span, size_t from)
{
    for (size_t i = from; i < r->document->spans.count; i++) {
        dsr_span other = r->document->spans.items[i].span;
        if (other.start < span.end && span.start < other.end) {
            return true;
        }
    }
    return false;
}

static int longest_first(const void *a, const void *b)
{
    const mention *x = a;
    const mention *y = b;
    uint32_t left = x->end - x->start;
    uint32_t right = y->end - y->start;
    return left != right          ? (left > right ? -1 : 1)
           : x->start != y->start ? (x->start < y->start ? -1 : 1)
                                  : 0;
}

static bool end_sentence(tree_reader *r)
{
    size_t from = r->document->spans.count;
    bool fits = true;
    qsort(r->mentions, r->mention_count, sizeof *r->mentions, longest_first);
    for (size_t i = 0; fits && i < r->mention_count; i++) {
        const mention *m = &r->mentions[i];
        dsr_span span;
        if (m->closed && find_name(r, m, &span) && !is_taken(r, span, from)) {
            dsr_slice name = {r->text.bytes + span.start, span.end - span.start};
            fits = put_span(r, span, types_of(r, m->type, name));
        }
    }
    for (size_t i = 0; fits && i < r->token_count; i++) {
        if (r->tokens[i].proper && !is_taken(r, r->tokens[i].span, from)) {
            fits = put_span(r, r->tokens[i].span, MAY_BE_ANY);
        }
    }
    r->token_count = 0;
    r->mention_count = 0;
    return fits;
}

/* ---- lines ---- */

static bool open_document(tree_reader *r)
{
    if (r->document != NULL) {
        r->document->text = (dsr_slice){r->text.bytes, r->text.len};
    }
    if (DSR_LIST_RESERVE(r->arena, r->out, 1) != DSR_OK) {
        return false;
    }
    r->document = &r->out->items[r->out->count++];
    *r->document = (name_document){.set = r->set};
    r->text = (text_maker){.arena = r->arena};
    r->space = false;
    return true;
}

static bool read_token(tree_reader *r, const dsr_slice *fields)
{
    unsigned number = (unsigned)strtoul(fields[0].ptr, NULL, 10);
    bool glued = dsr_slice_find(fields[9], DSR_SLICE("SpaceAfter=No"), 0) != SIZE_MAX;
    size_t dash = dsr_slice_find(fields[0], DSR_SLICE("-"), 0);
    if (dash != SIZE_MAX) {
        r->word_end = (unsigned)strtoul(fields[0].ptr + dash + 1, NULL, 10);
        r->word_space = !glued;
        return true;
    }
    if (dsr_slice_find(fields[0], DSR_SLICE("."), 0) != SIZE_MAX || r->token_count == MOST_TOKENS) {
        return true;
    }
    if (r->space && r->text.len > 0 && r->text.bytes[r->text.len - 1] != '\n' &&
        !text_put(&r->text, DSR_SLICE(" "))) {
        return false;
    }
    uint32_t start = (uint32_t)r->text.len;
    if (!text_put(&r->text, fields[1])) {
        return false;
    }
    bool proper = dsr_slice_starts(fields[4], DSR_SLICE("NNP"));
    bool capital = fields[1].ptr[0] >= 'A' && fields[1].ptr[0] <= 'Z' && r->token_count > 0;
    r->tokens[r->token_count++] = (tree_token){{start, (uint32_t)r->text.len}, proper, capital};
    bool inside = r->word_end != 0 && number < r->word_end;
    r->space = inside ? false : r->word_end != 0 && number == r->word_end ? r->word_space : !glued;
    r->word_end = inside ? r->word_end : 0;
    size_t entity = dsr_slice_find(fields[9], DSR_SLICE("Entity="), 0);
    if (entity != SIZE_MAX) {
        dsr_slice rest = dsr_slice_part(fields[9], entity + 7, fields[9].len);
        dsr_slice entities;
        if (dsr_slice_next_field(&rest, '|', &entities)) {
            read_entities(r, entities);
        }
    }
    return true;
}

static bool read_line(tree_reader *r, dsr_slice line)
{
    if (dsr_slice_starts(line, DSR_SLICE("# newdoc"))) {
        return open_document(r);
    }
    if (dsr_slice_starts(line, DSR_SLICE("# newpar"))) {
        return r->text.len == 0 || text_put(&r->text, DSR_SLICE("\n\n"));
    }
    if (line.len == 0) {
        return r->document == NULL || end_sentence(r);
    }
    if (line.ptr[0] == '#' || r->document == NULL) {
        return true;
    }
    dsr_slice fields[FIELDS] = {{0}};
    size_t count = 0;
    while (count < FIELDS && dsr_slice_next_field(&line, '\t', &fields[count])) {
        count++;
    }
    return count < FIELDS || read_token(r, fields);
}

static bool load_treebank(dsr_arena *arena, const char *corpora, const char *file, name_set set,
                          const dsr_gazetteer *gazetteer, name_documents *out)
{
    dsr_slice path;
    dsr_slice bytes;
    tree_reader *r = dsr_arena_alloc(arena, sizeof *r);
    if (r == NULL || dsr_arena_format(arena, &path, "%s/%s", corpora, file) != DSR_OK ||
        !read_file(arena, path.ptr, &bytes)) {
        return false;
    }
    *r = (tree_reader){.arena = arena, .gazetteer = gazetteer, .out = out, .set = set};
    dsr_slice line;
    while (dsr_slice_next_line(&bytes, &line)) {
        if (!read_line(r, line)) {
            return false;
        }
    }
    if (r->document != NULL) {
        end_sentence(r);
        r->document->text = (dsr_slice){r->text.bytes, r->text.len};
    }
    return true;
}

bool load_gum(dsr_arena *arena, const char *corpora, const dsr_gazetteer *gazetteer, name_documents *out)
{
    return load_treebank(arena, corpora, "gum-free-train.conllu", SET_GUM, gazetteer, out) &&
           load_treebank(arena, corpora, "ud-ewt-train.conllu", SET_EWT, gazetteer, out);
}
