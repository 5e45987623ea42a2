/* Compiles furniture.rules into steps and an index by first and last token. Must not know of reports.
 * A pattern is read into a small tree (bounded), from which come its steps, the fewest and most tokens it can
 * take, and the tokens that it can begin and end with. */
#include "lexicon/rule_set.h"

#include <stdlib.h>
#include <string.h>

enum { NODES = 6000, MACRO_DEPTH = 6, EDGE_TOKENS = 700, ALTERNATIVES = 100, NEED_TOKENS = 40 };

typedef enum node_kind { NODE_TOKEN, NODE_SEQUENCE, NODE_CHOICE, NODE_OPTIONAL } node_kind;
typedef struct node {
    node_kind kind;
    rule_step step;       /* of a token */
    uint16_t child, next; /* 0: none */
    uint32_t least, most; /* tokens, once they were counted */
    bool measured;
} node;

typedef struct parser {
    dsr_rule_set *set;
    dsr_lexicon_file *file;
    dsr_error *error;
    node nodes[NODES];
    size_t count;
    unsigned depth;
} parser;

static const struct {
    const char *name;
    rule_class class;
} classes[] = {{"number", CLASS_NUMBER},     {"date", CLASS_DATE},     {"updated", CLASS_UPDATED},
               {"time", CLASS_TIME},         {"agency", CLASS_AGENCY}, {"agencies", CLASS_AGENCIES},
               {"outlet", CLASS_OUTLET},     {"name", CLASS_NAME},     {"place", CLASS_PLACE},
               {"PLACE", CLASS_UPPER_PLACE}, {"city", CLASS_CITY},     {"Word", CLASS_CAPS},
               {"quote", CLASS_QUOTE}};

static dsr_status fail(parser *p, const char *what)
{
    return dsr_lexicon_file_fail(p->file, p->error, "%s", what);
}

static dsr_status new_node(parser *p, node_kind kind, uint16_t *out)
{
    if (p->count >= NODES)
        return fail(p, "the rule is too long; cut it into several");
    p->nodes[p->count] = (node){.kind = kind};
    *out = (uint16_t)p->count++;
    return DSR_OK;
}

static void append(parser *p, uint16_t parent, uint16_t child)
{
    uint16_t *link = &p->nodes[parent].child;
    while (*link)
        link = &p->nodes[*link].next;
    *link = child;
}

static dsr_status add_step(parser *p, uint16_t parent, rule_step step)
{
    uint16_t at = 0;
    dsr_status status = new_node(p, NODE_TOKEN, &at);
    if (status == DSR_OK) {
        p->nodes[at].step = step;
        append(p, parent, at);
    }
    return status;
}

static dsr_status add_literal(parser *p, uint16_t parent, dsr_slice text, bool exact)
{
    size_t at = 0;
    rule_token token;
    dsr_status status = DSR_OK;
    while (status == DSR_OK && dsr_rule_next_token(text, &at, &token)) {
        rule_step step = {OP_FOLDED, 0, 0, token.folded};
        if (exact) {
            step.op = OP_EXACT;
            step.hash = dsr_rule_exact_hash(dsr_slice_part(text, token.start, token.end));
            step.a = (uint32_t)(token.folded & 0xffffffffu); /* the folded hash serves the index */
            step.b = (uint32_t)(token.folded >> 32);
        }
        status = add_step(p, parent, step);
    }
    return status;
}

static dsr_status parse_choice(parser *p, dsr_slice *rest, char closer, uint16_t *out);

/* "<name>": a class, or what was defined under that name. */
static dsr_status add_named(parser *p, uint16_t parent, dsr_slice name)
{
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (dsr_slice_equal(name, dsr_slice_of(classes[i].name)))
            return add_step(p, parent, (rule_step){OP_CLASS, (uint32_t)classes[i].class, 0, 0});
    for (size_t i = p->set->macros.count; i-- > 0;) {
        if (!dsr_slice_equal(name, p->set->macros.items[i].name))
            continue;
        if (p->depth >= MACRO_DEPTH)
            return fail(p, "definitions stand within definitions too deeply");
        dsr_slice pattern = p->set->macros.items[i].pattern;
        uint16_t inner = 0;
        p->depth++;
        dsr_status status = parse_choice(p, &pattern, '\0', &inner);
        p->depth--;
        if (status == DSR_OK)
            append(p, parent, inner);
        return status;
    }
    return dsr_lexicon_file_fail(p->file, p->error, "<%.*s> is neither built in nor defined above",
                                 (int)(name.len > 40 ? 40 : name.len), name.ptr);
}

static dsr_status add_run(parser *p, uint16_t parent, dsr_slice *rest)
{
    uint32_t most = 0;
    size_t at = 3;
    while (at < rest->len && rest->ptr[at] >= '0' && rest->ptr[at] <= '9' && most < 1000)
        most = most * 10 + (uint32_t)(rest->ptr[at++] - '0');
    *rest = dsr_slice_part(*rest, at, rest->len);
    return add_step(p, parent, (rule_step){OP_RUN, most == 0 ? RULE_LINE_TOKENS : most, 0, 0});
}

/* The part up to `closer`, which is taken too; false where it is missing. */
static bool take_until(dsr_slice *rest, char closer, dsr_slice *out)
{
    const char *end = rest->len > 1 ? memchr(rest->ptr + 1, closer, rest->len - 1) : NULL;
    if (!end)
        return false;
    size_t at = (size_t)(end - rest->ptr);
    *out = dsr_slice_part(*rest, 1, at);
    *rest = dsr_slice_part(*rest, at + 1, rest->len);
    return true;
}

static dsr_slice take_plain(dsr_slice *rest)
{
    size_t at = 0;
    while (at < rest->len && !strchr(" \t{}[]|<\"", rest->ptr[at]))
        at++;
    dsr_slice plain = dsr_slice_part(*rest, 0, at > 0 ? at : 1);
    *rest = dsr_slice_part(*rest, plain.len, rest->len);
    return plain;
}

static dsr_status add_group(parser *p, uint16_t parent, dsr_slice *rest)
{
    bool optional = rest->ptr[0] == '[';
    *rest = dsr_slice_part(*rest, 1, rest->len);
    uint16_t inner = 0, at = 0;
    dsr_status status = parse_choice(p, rest, optional ? ']' : '}', &inner);
    if (status == DSR_OK && optional) {
        status = new_node(p, NODE_OPTIONAL, &at);
        if (status == DSR_OK) {
            p->nodes[at].child = inner;
            inner = at;
        }
    }
    if (status == DSR_OK)
        append(p, parent, inner);
    return status;
}

/* One thing of a pattern. */
static dsr_status add_item(parser *p, uint16_t parent, dsr_slice *rest)
{
    dsr_slice part;
    switch (rest->ptr[0]) {
    case '"':
        if (!take_until(rest, '"', &part))
            return fail(p, "a quotation mark is not closed");
        return add_literal(p, parent, part, true);
    case '<':
        if (!take_until(rest, '>', &part))
            return fail(p, "\"<\" is not closed by \">\"; put a literal \"<\" in quotation marks");
        return add_named(p, parent, part);
    case '{':
    case '[':
        return add_group(p, parent, rest);
    default:
        if (dsr_slice_starts(*rest, DSR_SLICE("...")))
            return add_run(p, parent, rest);
        part = take_plain(rest);
        if (dsr_slice_equal(part, DSR_SLICE("~")))
            return add_step(p, parent, (rule_step){OP_MARK, 0, 0, 0});
        if (dsr_slice_equal(part, DSR_SLICE("_")))
            return add_step(p, parent, (rule_step){OP_ANY, 0, 0, 0});
        return add_literal(p, parent, part, false);
    }
}

/* Alternatives up to `closer` ('\0': the end). */
static dsr_status parse_choice(parser *p, dsr_slice *rest, char closer, uint16_t *out)
{
    uint16_t choice = 0, sequence = 0;
    dsr_status status = new_node(p, NODE_CHOICE, &choice);
    if (status == DSR_OK)
        status = new_node(p, NODE_SEQUENCE, &sequence);
    if (status != DSR_OK)
        return status;
    append(p, choice, sequence);
    while (true) {
        *rest = dsr_slice_trim(*rest);
        char c = rest->len > 0 ? rest->ptr[0] : '\0';
        if (c == closer || c == '\0' || c == '}' || c == ']')
            break;
        if (c == '|') {
            *rest = dsr_slice_part(*rest, 1, rest->len);
            status = new_node(p, NODE_SEQUENCE, &sequence);
            if (status == DSR_OK)
                append(p, choice, sequence);
        } else {
            status = add_item(p, sequence, rest);
        }
        if (status != DSR_OK)
            return status;
    }
    if (rest->len > 0 ? rest->ptr[0] != closer : closer != '\0')
        return fail(p, "brackets do not match; put a literal bracket in quotation marks");
    *rest = dsr_slice_part(*rest, 1, rest->len);
    *out = choice;
    return DSR_OK;
}

/* ---- what the tree tells ---- */

typedef struct edges {
    uint64_t stop; /* the token "." where ends are sought: a final full stop is passed over, since nearly each
                      line has one */
    uint64_t tokens[EDGE_TOKENS];
    size_t count;
    bool unknown; /* something else than a fixed token can stand there, or too many tokens */
} edges;

static void tokens_of_class(rule_class class, uint32_t *least, uint32_t *most)
{
    *least = class == CLASS_NAME ? 2 : 1;
    *most = class == CLASS_NUMBER || class == CLASS_CAPS || class == CLASS_QUOTE ? 1 : 24;
}

static void measure_token(const rule_step *step, uint32_t *least, uint32_t *most)
{
    *least = *most = step->op == OP_MARK ? 0 : 1;
    if (step->op == OP_RUN) {
        *least = 0;
        *most = step->a;
    } else if (step->op == OP_CLASS) {
        tokens_of_class((rule_class)step->a, least, most);
    }
}

/* The fewest and most tokens that a part of a pattern takes. Counted once a node. */
static const node *measure(parser *p, uint16_t at)
{
    node *n = &p->nodes[at];
    if (n->measured)
        return n;
    n->measured = true;
    if (n->kind == NODE_TOKEN) {
        measure_token(&n->step, &n->least, &n->most);
        return n;
    }
    uint32_t least = n->kind == NODE_CHOICE ? UINT32_MAX : 0, most = 0;
    for (uint16_t child = n->child; child; child = p->nodes[child].next) {
        const node *part = measure(p, child);
        if (n->kind == NODE_CHOICE) {
            least = part->least < least ? part->least : least;
            most = part->most > most ? part->most : most;
        } else {
            least += part->least;
            most += part->most;
        }
    }
    n->least = n->kind == NODE_OPTIONAL ? 0 : least;
    n->most = most;
    return n;
}

static void add_edge(edges *to, const rule_step *step)
{
    if (step->op == OP_MARK || (step->op == OP_FOLDED && step->hash == to->stop))
        return;
    if ((step->op != OP_FOLDED && step->op != OP_EXACT) || to->count >= EDGE_TOKENS)
        to->unknown = true;
    else
        to->tokens[to->count++] = step->op == OP_FOLDED ? step->hash : ((uint64_t)step->b << 32 | step->a);
}

static bool may_be_empty(parser *p, uint16_t at, const edges *to)
{
    const rule_step *step = &p->nodes[at].step;
    if (p->nodes[at].kind == NODE_TOKEN && step->op == OP_FOLDED && step->hash == to->stop)
        return true;
    return measure(p, at)->least == 0;
}

/* Collects the tokens that a match of `at` can begin with (end with, where `last`). */
static void find_edges(parser *p, uint16_t at, bool last, edges *to)
{
    const node *n = &p->nodes[at];
    if (n->kind == NODE_TOKEN) {
        add_edge(to, &n->step);
        return;
    }
    if (n->kind != NODE_SEQUENCE) {
        for (uint16_t child = n->child; child; child = p->nodes[child].next)
            find_edges(p, child, last, to);
        return;
    }
    /* In a sequence the parts behind one that may be empty count too. */
    uint16_t from = 0;
    for (uint16_t child = n->child; child; child = p->nodes[child].next) {
        if (last && !may_be_empty(p, child, to))
            from = child;
        if (!last) {
            find_edges(p, child, last, to);
            if (!may_be_empty(p, child, to))
                return;
        }
    }
    if (last)
        for (uint16_t child = from ? from : n->child; child; child = p->nodes[child].next)
            find_edges(p, child, last, to);
}

/* ---- steps ---- */

static dsr_status emit(parser *p, rule_step step, uint32_t *at)
{
    dsr_rule_set *set = p->set;
    if (DSR_LIST_RESERVE(set->arena, &set->steps, 1) != DSR_OK)
        return dsr_fail_memory(p->error, "lexicon");
    *at = (uint32_t)set->steps.count;
    set->steps.items[set->steps.count++] = step;
    return DSR_OK;
}

static dsr_status emit_node(parser *p, uint16_t at);

static dsr_status emit_optional(parser *p, uint16_t at)
{
    uint32_t split = 0;
    dsr_status status = emit(p, (rule_step){OP_SPLIT, 0, 0, 0}, &split);
    if (status == DSR_OK)
        status = emit_node(p, p->nodes[at].child);
    if (status == DSR_OK) {
        p->set->steps.items[split].a = split + 1;
        p->set->steps.items[split].b = (uint32_t)p->set->steps.count;
    }
    return status;
}

/* The alternatives of a choice that are no fixed phrases; the fixed ones go into one set. */
typedef struct alternatives {
    uint16_t others[ALTERNATIVES];
    size_t count;
    uint64_t set; /* number of the set of phrases */
    uint32_t longest;
} alternatives;

/* Tokens of a sequence that consists of a few words in any case; 0 where it is something else. */
static size_t fixed_words(const parser *p, uint16_t sequence)
{
    size_t words = 0;
    for (uint16_t child = p->nodes[sequence].child; child; child = p->nodes[child].next, words++)
        if (p->nodes[child].kind != NODE_TOKEN || p->nodes[child].step.op != OP_FOLDED ||
            words >= RULE_PHRASE_WORDS)
            return 0;
    return words;
}

static dsr_status add_phrase(parser *p, alternatives *to, uint16_t sequence, size_t words)
{
    uint64_t hash = to->set;
    for (uint16_t child = p->nodes[sequence].child; child; child = p->nodes[child].next)
        hash = dsr_rule_extend_hash(hash, p->nodes[child].step.hash);
    if (words > to->longest)
        to->longest = (uint32_t)words;
    return dsr_map_put(p->set->phrases, hash, 1) == DSR_OK ? DSR_OK : dsr_fail_memory(p->error, "lexicon");
}

static dsr_status sort_alternatives(parser *p, uint16_t choice, alternatives *to)
{
    dsr_status status = DSR_OK;
    for (uint16_t child = p->nodes[choice].child; status == DSR_OK && child; child = p->nodes[child].next) {
        uint16_t only = p->nodes[child].child;
        size_t words = fixed_words(p, child);
        if (words > 0)
            status = add_phrase(p, to, child, words);
        else if (only && !p->nodes[only].next && p->nodes[only].kind == NODE_CHOICE)
            status = sort_alternatives(p, only, to); /* a choice within a choice */
        else if (to->count < ALTERNATIVES)
            to->others[to->count++] = child;
        else
            status = fail(p, "the rule has too many alternatives; cut it into several");
    }
    return status;
}

/* One alternative after the other: each but the last is preceded by a split and followed by a jump to the
 * end. */
static dsr_status emit_others(parser *p, const alternatives *all)
{
    uint32_t jumps[ALTERNATIVES + 1];
    size_t count = 0, total = all->count + (all->longest > 0 ? 1 : 0);
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < total; i++) {
        uint32_t split = 0, ignored;
        bool more = i + 1 < total, phrases = i >= all->count;
        if (more)
            status = emit(p, (rule_step){OP_SPLIT, 0, 0, 0}, &split);
        if (status == DSR_OK)
            status = phrases ? emit(p, (rule_step){OP_PHRASES, all->longest, 0, all->set}, &ignored)
                             : emit_node(p, all->others[i]);
        if (status == DSR_OK && more)
            status = emit(p, (rule_step){OP_JUMP, 0, 0, 0}, &jumps[count++]);
        if (status == DSR_OK && more) {
            p->set->steps.items[split].a = split + 1;
            p->set->steps.items[split].b = (uint32_t)p->set->steps.count;
        }
    }
    for (size_t i = 0; status == DSR_OK && i < count; i++)
        p->set->steps.items[jumps[i]].a = (uint32_t)p->set->steps.count;
    return status;
}

static dsr_status emit_choice(parser *p, uint16_t at)
{
    uint16_t only = p->nodes[at].child;
    if (only && !p->nodes[only].next)
        return emit_node(p, only);
    alternatives all = {.count = 0};
    all.set = ++p->set->phrase_sets;
    dsr_status status = sort_alternatives(p, at, &all);
    return status == DSR_OK ? emit_others(p, &all) : status;
}

static dsr_status emit_node(parser *p, uint16_t at)
{
    uint32_t where = 0;
    const node *n = &p->nodes[at];
    dsr_status status = DSR_OK;
    switch (n->kind) {
    case NODE_TOKEN:
        return emit(p, n->step, &where);
    case NODE_OPTIONAL:
        return emit_optional(p, at);
    case NODE_CHOICE:
        return emit_choice(p, at);
    case NODE_SEQUENCE:
        break;
    }
    for (uint16_t child = n->child; status == DSR_OK && child; child = p->nodes[child].next)
        status = emit_node(p, child);
    return status;
}

/* ---- index ---- */

static dsr_status link_rule(dsr_rule_set *set, dsr_map *map, uint64_t token, uint32_t rule_at)
{
    uint32_t head = dsr_map_get(map, token);
    if (head != DSR_MAP_NONE && set->links.items[head].rule == rule_at)
        return DSR_OK;
    if (DSR_LIST_RESERVE(set->arena, &set->links, 1) != DSR_OK)
        return DSR_ERR_MEMORY;
    set->links.items[set->links.count] = (rule_link){rule_at, head};
    return dsr_map_put(map, token, (uint32_t)set->links.count++);
}

/* Takes `all` as something that the rule needs, if there is room or it is rarer than what stands there. */
static void take_need(rule *r, size_t sizes[RULE_NEEDS], const edges *all)
{
    size_t at = r->need_count < RULE_NEEDS ? r->need_count : RULE_NEEDS - 1;
    if (all->unknown || all->count == 0 || all->count > NEED_TOKENS)
        return;
    if (r->need_count == RULE_NEEDS) {
        at = sizes[0] > sizes[1] ? 0 : 1;
        if (sizes[at] <= all->count)
            return;
    } else {
        r->need_count++;
    }
    sizes[at] = all->count;
    r->needs[at] = (rule_bits){{0}};
    for (size_t i = 0; i < all->count; i++)
        rule_bits_add(&r->needs[at], all->tokens[i]);
}

/* What every match has: of each part that cannot be left out, one of the tokens that it begins with. */
static void find_needs(parser *p, uint16_t root, rule *r)
{
    size_t sizes[RULE_NEEDS] = {0};
    uint16_t only = p->nodes[root].child;
    r->need_count = 0;
    if (!only || p->nodes[only].next)
        return;
    for (uint16_t child = p->nodes[only].child; child; child = p->nodes[child].next) {
        edges first = {.count = 0};
        if (may_be_empty(p, child, &first))
            continue;
        find_edges(p, child, false, &first);
        take_need(r, sizes, &first);
    }
}

static uint64_t full_stop(void)
{
    size_t at = 0;
    rule_token token = {0};
    return dsr_rule_next_token(DSR_SLICE("."), &at, &token) ? token.folded : 0;
}

static dsr_status link_all(dsr_rule_set *set, dsr_map *map, const edges *all, uint32_t rule_at)
{
    dsr_status status = DSR_OK;
    for (size_t i = 0; status == DSR_OK && i < all->count; i++)
        status = link_rule(set, map, all->tokens[i], rule_at);
    return status;
}

static dsr_status index_rule(parser *p, uint16_t root, rule *r, uint32_t rule_at)
{
    dsr_rule_set *set = p->set;
    rule_index *index = &set->index[r->part];
    edges first = {.count = 0}, last = {.count = 0};
    last.stop = full_stop();
    find_needs(p, root, r);
    find_edges(p, root, false, &first);
    find_edges(p, root, true, &last);
    for (size_t i = 0; !last.unknown && i < last.count; i++)
        r->ends |= 1ull << (last.tokens[i] & 63);
    if (last.unknown || last.count == 0)
        r->ends = ~0ull;
    if (!first.unknown)
        return link_all(set, index->by_first, &first, rule_at) == DSR_OK
                   ? DSR_OK
                   : dsr_fail_memory(p->error, "lexicon");
    if (r->part == DSR_RULE_END)
        return fail(p, "a rule for the end of a line must begin with a fixed word or mark");
    if (r->part == DSR_RULE_LINE && !last.unknown && last.count > 0)
        return link_all(set, index->by_last, &last, rule_at) == DSR_OK ? DSR_OK
                                                                       : dsr_fail_memory(p->error, "lexicon");
    if (DSR_LIST_RESERVE(set->arena, &index->free, 1) != DSR_OK)
        return dsr_fail_memory(p->error, "lexicon");
    index->free.items[index->free.count++] = rule_at;
    return DSR_OK;
}

/* ---- lines of the file ---- */

static bool take_word(dsr_slice *rest, const char *word)
{
    dsr_slice w = dsr_slice_of(word);
    *rest = dsr_slice_trim(*rest);
    if (!dsr_slice_starts(*rest, w) || (rest->len > w.len && rest->ptr[w.len] != ' '))
        return false;
    *rest = dsr_slice_part(*rest, w.len, rest->len);
    return true;
}

/* "readmore at end top block" */
static dsr_status parse_head(parser *p, dsr_slice head, rule *out)
{
    size_t space = 0;
    while (space < head.len && head.ptr[space] != ' ')
        space++;
    if (!dsr_furniture_kind_parse(dsr_slice_part(head, 0, space), &out->kind))
        return dsr_lexicon_file_fail(p->file, p->error, "\"%.*s\" is no kind of furniture",
                                     (int)(space > 40 ? 40 : space), head.ptr);
    head = dsr_slice_part(head, space, head.len);
    while (dsr_slice_trim(head).len > 0) {
        if (take_word(&head, "at end"))
            out->part = DSR_RULE_END;
        else if (take_word(&head, "at start"))
            out->part = DSR_RULE_START;
        else if (take_word(&head, "top"))
            out->where |= DSR_RULE_TOP;
        else if (take_word(&head, "tail"))
            out->where |= DSR_RULE_TAIL;
        else if (take_word(&head, "block"))
            out->block = true;
        else
            return fail(p, "before the colon only \"at start\", \"at end\", \"top\", \"tail\" and \"block\" "
                           "may follow the kind");
    }
    return DSR_OK;
}

static dsr_status store_rule(parser *p, uint16_t root, rule *r)
{
    dsr_rule_set *set = p->set;
    uint32_t at = 0;
    const node *all = measure(p, root);
    r->least = all->least;
    r->most = all->most;
    if (r->least == 0)
        return fail(p, "the rule would match nothing at all; it needs a word that must be there");
    r->first = (uint32_t)set->steps.count;
    dsr_status status = emit_node(p, root);
    if (status == DSR_OK)
        status = emit(p, (rule_step){OP_MATCH, 0, 0, 0}, &at);
    if (status != DSR_OK)
        return status;
    r->steps = (uint32_t)set->steps.count - r->first;
    if (r->steps > RULE_STEPS)
        return fail(p, "the rule is too long; cut it into several");
    if (set->rules.count >= RULES_MOST)
        return fail(p, "there are more rules than one language may have");
    if (DSR_LIST_RESERVE(set->arena, &set->rules, 1) != DSR_OK)
        return dsr_fail_memory(p->error, "lexicon");
    status = index_rule(p, root, r, (uint32_t)set->rules.count);
    if (status != DSR_OK)
        return status;
    set->rules.items[set->rules.count++] = *r;
    return DSR_OK;
}

static dsr_status parse_rule(parser *p, dsr_slice line)
{
    const char *colon = memchr(line.ptr, ':', line.len);
    if (!colon)
        return fail(p, "a rule looks like \"kind: pattern\"; the colon is missing");
    size_t at = (size_t)(colon - line.ptr);
    rule r = {.part = DSR_RULE_LINE};
    dsr_status status = parse_head(p, dsr_slice_trim(dsr_slice_part(line, 0, at)), &r);
    dsr_slice pattern = dsr_slice_part(line, at + 1, line.len);
    uint16_t root = 0;
    p->count = 1; /* node 0 means none */
    p->depth = 0;
    if (status == DSR_OK)
        status = parse_choice(p, &pattern, '\0', &root);
    return status == DSR_OK ? store_rule(p, root, &r) : status;
}

/* "define network = facebook | twitter" */
static dsr_status parse_define(parser *p, dsr_slice rest)
{
    dsr_rule_set *set = p->set;
    const char *equals = memchr(rest.ptr, '=', rest.len);
    if (!equals)
        return fail(p, "a definition looks like \"define name = pattern\"; the equals sign is missing");
    size_t at = (size_t)(equals - rest.ptr);
    dsr_slice name = dsr_slice_trim(dsr_slice_part(rest, 0, at));
    if (name.len == 0)
        return fail(p, "the definition has no name");
    if (DSR_LIST_RESERVE(set->arena, &set->macros, 1) != DSR_OK)
        return dsr_fail_memory(p->error, "lexicon");
    rule_macro *macro = &set->macros.items[set->macros.count];
    if (dsr_arena_copy(set->arena, name, &macro->name) != DSR_OK ||
        dsr_arena_copy(set->arena, dsr_slice_part(rest, at + 1, rest.len), &macro->pattern) != DSR_OK)
        return dsr_fail_memory(p->error, "lexicon");
    set->macros.count++;
    return DSR_OK;
}

/* "except place = update watch" */
static dsr_status parse_except(parser *p, dsr_slice rest)
{
    bool place = take_word(&rest, "place");
    if (!place && !take_word(&rest, "name"))
        return fail(p, "\"except\" is followed by \"place\" or \"name\", an equals sign and words");
    rest = dsr_slice_trim(rest);
    if (rest.len == 0 || rest.ptr[0] != '=')
        return fail(p, "the equals sign is missing behind \"except\"");
    size_t at = 1;
    rule_token token;
    while (dsr_rule_next_token(rest, &at, &token))
        if (dsr_map_put(p->set->except[place ? 0 : 1], token.folded, 1) != DSR_OK)
            return dsr_fail_memory(p->error, "lexicon");
    return DSR_OK;
}

static dsr_status new_set(dsr_rule_set **out, dsr_error *error)
{
    dsr_rule_set *set = calloc(1, sizeof *set);
    if (!set)
        return dsr_fail_memory(error, "lexicon");
    *out = set;
    set->arena = dsr_arena_new(0);
    set->phrases = dsr_map_new(1024);
    set->except[0] = dsr_map_new(64);
    set->except[1] = dsr_map_new(64);
    bool all = set->arena && set->phrases && set->except[0] && set->except[1];
    for (size_t i = 0; i < 3; i++) {
        set->index[i].by_first = dsr_map_new(256);
        set->index[i].by_last = dsr_map_new(64);
        all = all && set->index[i].by_first && set->index[i].by_last;
    }
    return all ? DSR_OK : dsr_fail_memory(error, "lexicon");
}

dsr_status dsr_rule_set_read(dsr_rule_set **set, dsr_lexicon_file *file, dsr_error *error)
{
    dsr_status status = *set ? DSR_OK : new_set(set, error);
    parser *p = status == DSR_OK ? calloc(1, sizeof *p) : NULL;
    if (!p)
        return dsr_fail_memory(error, "lexicon");
    p->set = *set;
    p->file = file;
    p->error = error;
    while (status == DSR_OK && dsr_lexicon_file_next(file)) {
        dsr_slice line = dsr_slice_trim(file->line);
        if (take_word(&line, "define"))
            status = parse_define(p, line);
        else if (take_word(&line, "except"))
            status = parse_except(p, line);
        else
            status = parse_rule(p, line);
    }
    free(p);
    return status;
}

void dsr_rule_set_drop(dsr_rule_set *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < 3; i++) {
        dsr_map_drop(set->index[i].by_first);
        dsr_map_drop(set->index[i].by_last);
    }
    dsr_map_drop(set->phrases);
    dsr_map_drop(set->except[0]);
    dsr_map_drop(set->except[1]);
    dsr_arena_drop(set->arena);
    free(set);
}
