/* Cuts a page into blocks and counts what tells an article's from others. Must not decide. */
#include "page/blocks.h"

#include "base/hash.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/utf8.h"

#include <stdlib.h>

bool dsr_page_tag_is_inline(uint8_t tag)
{
    return tag == PAGE_TAG_TEXT || tag == PAGE_TAG_A || tag == PAGE_TAG_B || tag == PAGE_TAG_SPAN ||
           tag == PAGE_TAG_TIME || tag == PAGE_TAG_BR || tag == PAGE_TAG_LABEL || tag == PAGE_TAG_DEL ||
           tag == PAGE_TAG_BASE;
}

bool dsr_page_text_is_blank(dsr_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] == 0xA0) {
            i++;
        } else if (c != ' ' && (c < 9 || c > 13)) {
            return false;
        }
    }
    return true;
}

static const uint8_t place_of_tag[PAGE_TAGS_ALL] = {[PAGE_TAG_ARTICLE] = PAGE_IN_ARTICLE,
                                                    [PAGE_TAG_MAIN] = PAGE_IN_MAIN,
                                                    [PAGE_TAG_ASIDE] = PAGE_IN_ASIDE,
                                                    [PAGE_TAG_NAV] = PAGE_IN_NAV,
                                                    [PAGE_TAG_FOOTER] = PAGE_IN_FOOTER,
                                                    [PAGE_TAG_HEADER] = PAGE_IN_HEADER,
                                                    [PAGE_TAG_FORM] = PAGE_IN_FORM,
                                                    [PAGE_TAG_FIGURE] = PAGE_IN_FIGURE,
                                                    [PAGE_TAG_FIGCAPTION] = PAGE_IN_FIGURE,
                                                    [PAGE_TAG_UL] = PAGE_IN_LIST,
                                                    [PAGE_TAG_OL] = PAGE_IN_LIST,
                                                    [PAGE_TAG_DL] = PAGE_IN_LIST,
                                                    [PAGE_TAG_TABLE] = PAGE_IN_TABLE,
                                                    [PAGE_TAG_BUTTON] = PAGE_IN_BUTTON,
                                                    [PAGE_TAG_BLOCKQUOTE] = PAGE_IN_QUOTE,
                                                    [PAGE_TAG_A] = PAGE_IN_LINK,
                                                    [PAGE_TAG_B] = PAGE_IN_BOLD,
                                                    [PAGE_TAG_HEAD] = PAGE_IN_HEAD,
                                                    [PAGE_TAG_TIME] = PAGE_IN_TIME,
                                                    [PAGE_TAG_SELECT] = PAGE_IN_HIDDEN,
                                                    [PAGE_TAG_TITLE] = PAGE_IN_HEAD,
                                                    [PAGE_TAG_TEXTAREA] = PAGE_IN_HIDDEN,
                                                    [PAGE_TAG_DEL] = PAGE_IN_DELETED};

static uint64_t bit(int place)
{
    return (uint64_t)1 << place;
}

bool dsr_page_is_unseen(uint64_t places)
{
    return (places & (bit(PAGE_IN_HIDDEN) | bit(PAGE_IN_DELETED) | bit(PAGE_IN_HEAD))) != 0;
}

static uint64_t role_place(dsr_slice role)
{
    if (dsr_slice_equal_nocase(role, DSR_SLICE("navigation")) ||
        dsr_slice_equal_nocase(role, DSR_SLICE("menu"))) {
        return bit(PAGE_IN_NAV);
    }
    if (dsr_slice_equal_nocase(role, DSR_SLICE("main"))) {
        return bit(PAGE_IN_MAIN);
    }
    if (dsr_slice_equal_nocase(role, DSR_SLICE("complementary"))) {
        return bit(PAGE_IN_ASIDE);
    }
    return dsr_slice_equal_nocase(role, DSR_SLICE("button")) ? bit(PAGE_IN_BUTTON) : 0;
}

/* Class names repeat: what they say is looked up once each. */
static uint32_t groups_of(const dsr_lexicon *lexicon, dsr_map *known, dsr_slice names)
{
    uint64_t key = dsr_hash64(names, 1);
    uint32_t groups = dsr_map_get(known, key);
    if (groups == DSR_MAP_NONE) {
        groups = dsr_lexicon_page_groups(lexicon, names);
        dsr_status kept = dsr_map_put(known, key, groups); /* without memory it is only looked up again */
        (void)kept;
    }
    return groups;
}

/* What an element adds to the places of what stands in it. */
static uint64_t own_places(const page_tree *tree, uint32_t node, const dsr_lexicon *lexicon, dsr_map *known)
{
    const page_node *n = &tree->nodes.items[node];
    uint64_t places = place_of_tag[n->tag] != 0 ? bit(place_of_tag[n->tag]) : 0;
    bool whole_page = n->tag == PAGE_TAG_BODY || n->tag == PAGE_TAG_HTML;
    for (uint32_t i = 0; i < n->values; i++) {
        const page_value *value = &tree->values.items[n->first + i];
        if ((value->name == PAGE_ATTR_CLASS || value->name == PAGE_ATTR_ID) && !whole_page) {
            places |= groups_of(lexicon, known, value->value);
        } else if (value->name == PAGE_ATTR_ROLE) {
            places |= role_place(value->value);
        } else if (value->name == PAGE_ATTR_HIDDEN || (value->name == PAGE_ATTR_STYLE && !whole_page) ||
                   (value->name == PAGE_ATTR_ARIA_HIDDEN &&
                    dsr_slice_equal(value->value, DSR_SLICE("true")))) {
            places |= bit(PAGE_IN_HIDDEN);
        } else if (value->name == PAGE_ATTR_ITEMPROP &&
                   dsr_slice_find(value->value, DSR_SLICE("articleBody"), 0) != SIZE_MAX) {
            places |= bit(PAGE_IN_BODY_PROPERTY);
        }
    }
    return places;
}

/* Bytes of text before each node that stand in long stretches and in no link: what a page has to say. */
static dsr_status weigh(const page_tree *tree, uint32_t **out)
{
    enum { LONG_STRETCH = 80 };
    size_t count = tree->nodes.count;
    uint32_t *sums = dsr_arena_alloc_array(tree->arena, count + 1, sizeof *sums);
    uint8_t *links = dsr_arena_alloc_array(tree->arena, count, sizeof *links);
    if (sums == NULL || links == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        const page_node *n = &tree->nodes.items[i];
        links[i] = links[n->parent] | (n->tag == PAGE_TAG_A);
        size_t bytes = n->tag == PAGE_TAG_TEXT && links[i] == 0 ? tree->texts.items[n->first].text.len : 0;
        sums[i + 1] = sums[i] + (bytes >= LONG_STRETCH ? (uint32_t)bytes : 0);
    }
    *out = sums;
    return DSR_OK;
}

/* What the element that holds a third of all that a page says is called says nothing against it: whole pages
 * stand in a form, or in what is named after a paywall or a banner. */
static uint64_t without_blame(uint64_t places)
{
    static const uint64_t kept = (1u << DSR_PAGE_BODY) | (1u << DSR_PAGE_CONTENT) | (1u << DSR_PAGE_LIVE) |
                                 (1u << DSR_PAGE_CONSENT) | ((uint64_t)1 << PAGE_IN_ARTICLE) |
                                 ((uint64_t)1 << PAGE_IN_MAIN) | ((uint64_t)1 << PAGE_IN_TABLE) |
                                 ((uint64_t)1 << PAGE_IN_BODY_PROPERTY);
    return places & kept;
}

static dsr_status find_places(const page_tree *tree, const dsr_lexicon *lexicon, page_blocks *out)
{
    dsr_map *known = dsr_map_new(1024);
    out->places = dsr_arena_alloc_array(tree->arena, tree->nodes.count, sizeof *out->places);
    out->near = dsr_arena_alloc_array(tree->arena, tree->nodes.count, sizeof *out->near);
    if (known == NULL || out->places == NULL || out->near == NULL) {
        dsr_map_drop(known);
        return DSR_ERR_MEMORY;
    }
    uint32_t *sums = NULL;
    dsr_status status = weigh(tree, &sums);
    for (uint32_t i = 1; status == DSR_OK && i < tree->nodes.count; i++) {
        const page_node *n = &tree->nodes.items[i];
        uint64_t own = n->tag == PAGE_TAG_TEXT ? 0 : own_places(tree, i, lexicon, known);
        bool large = (uint64_t)(sums[n->end] - sums[i]) * 3 > sums[tree->nodes.count];
        own = large && n->tag != PAGE_TAG_HEAD && n->tag != PAGE_TAG_TITLE ? without_blame(own) : own;
        out->near[i] = (uint32_t)own | (dsr_page_tag_is_inline(n->tag) ? out->near[n->parent] : 0);
        out->places[i] = out->places[n->parent] | own;
    }
    dsr_map_drop(known);
    return status;
}

/* ---- counting ---- */

typedef struct word_walk {
    bool in_word;
    uint32_t halves; /* of characters of scripts that do not part words */
} word_walk;

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F ||
           c == 0x0964 || c == 0x061F || c == 0x06D4;
}

static bool closes(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB ||
           c == 0x300D;
}

static uint32_t count_words(page_block *block, dsr_slice text, word_walk *walk)
{
    uint32_t words = 0;
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end;) {
        size_t length = 1;
        block->capitals += *p >= 'A' && *p <= 'Z';
        block->smalls += *p >= 'a' && *p <= 'z';
        block->marks += *p == '@' || *p == '|' || *p == '#' || *p == '/';
        block->quoted |= *p == '"' || (unsigned char)*p == 0xE2;
        uint32_t c = (unsigned char)*p < 0x80 ? (unsigned char)*p : dsr_utf8_decode(p, end, &length);
        p += length;
        if (c == ' ' || (c >= 9 && c <= 13) || c == 0xA0) {
            walk->in_word = false;
            continue;
        }
        block->characters++;
        block->colon = c == ':' || c == 0xFF1A;
        block->comma = c == ',';
        if (ends_sentence(c)) {
            block->stops++;
            block->stopped = true;
        } else if (!closes(c)) {
            block->stopped = false;
        }
        block->commas += c == ',' || c == 0x3001 || c == 0xFF0C || c == 0x060C;
        if ((c >= 0x3040 && c < 0xA000) || (c >= 0x0E00 && c < 0x0F00) || (c >= 0xF900 && c < 0xFB00)) {
            walk->halves++;
            words += (walk->halves & 1) == 0;
            walk->in_word = false;
        } else if (!walk->in_word && dsr_is_word(c)) {
            walk->in_word = true;
            words++;
        }
    }
    return words;
}

/* ---- cutting ---- */

enum { SHORT_LINE = 6 }; /* words of a line that stands by itself: a byline, a date */

typedef struct cutter {
    const page_tree *tree;
    page_blocks *out;
    page_block block;
    bool open, parted;
    bool unseen_open; /* nothing was shown since the last of `unseen` */
    uint32_t breaks;
    word_walk walk;
} cutter;

static dsr_status close_block(cutter *c)
{
    page_blocks *out = c->out;
    c->parted = false;
    if (!c->open) {
        return DSR_OK;
    }
    c->open = false;
    if (out->count >= DSR_LIMIT_PAGE_BLOCKS) {
        return DSR_ERR_LIMIT;
    }
    if (DSR_LIST_RESERVE(c->tree->arena, out, 1) != DSR_OK) {
        return DSR_ERR_MEMORY;
    }
    out->items[out->count++] = c->block;
    return DSR_OK;
}

/* Notes text that is not shown, of one sort side by side as one. */
static dsr_status take_unseen(cutter *c, uint32_t node, dsr_slice text, uint64_t places)
{
    page_blocks *out = c->out;
    uint64_t sort = places & (bit(PAGE_IN_HIDDEN) | bit(PAGE_IN_DELETED));
    if (sort == 0 || (places & bit(PAGE_IN_HEAD)) != 0 || dsr_page_text_is_blank(text)) {
        return DSR_OK;
    }
    page_block *last = out->unseen.count > 0 ? &out->unseen.items[out->unseen.count - 1] : NULL;
    if (!c->unseen_open || last == NULL || last->places != sort) {
        if (DSR_LIST_RESERVE(c->tree->arena, &out->unseen, 1) != DSR_OK) {
            return DSR_ERR_MEMORY;
        }
        last = &out->unseen.items[out->unseen.count++];
        *last = (page_block){.first = node, .places = sort};
    }
    word_walk walk = {false, 0};
    c->unseen_open = true;
    last->words += count_words(last, text, &walk);
    last->end = node + 1;
    return DSR_OK;
}

/* Whether the line before one break is no part of a paragraph: short, without an end, and what follows begins
 * anew. Old pages set headline, byline and date so. Lines of one heading or item belong together. */
static bool stands_alone(const cutter *c, dsr_slice next)
{
    uint8_t tag = c->tree->nodes.items[c->block.node].tag;
    bool one = (tag >= PAGE_TAG_H1 && tag <= PAGE_TAG_H6) || tag == PAGE_TAG_LI ||
               tag == PAGE_TAG_FIGCAPTION || tag == PAGE_TAG_BLOCKQUOTE;
    size_t length;
    next = dsr_slice_trim(next);
    uint32_t first = next.len > 0 ? dsr_utf8_decode(next.ptr, next.ptr + next.len, &length) : 'a';
    return !one && c->block.words <= SHORT_LINE && !c->block.stopped && !c->block.comma &&
           (dsr_is_upper(first) || dsr_is_digit(first));
}

static dsr_status take_text(cutter *c, uint32_t node, uint32_t home)
{
    const page_node *n = &c->tree->nodes.items[node];
    dsr_slice text = c->tree->texts.items[n->first].text;
    uint64_t places = c->out->places[node];
    if (dsr_page_is_unseen(places)) {
        return take_unseen(c, node, text, places);
    }
    if (dsr_page_text_is_blank(text)) {
        c->walk.in_word = false;
        return DSR_OK;
    }
    c->unseen_open = false;
    dsr_status status = DSR_OK;
    bool line = c->breaks == 1 && stands_alone(c, text);
    if (c->open && (c->parted || c->block.node != home || c->breaks >= 2 || line)) {
        status = close_block(c);
    }
    if (!c->open) {
        uint64_t kept = ~(bit(PAGE_IN_LINK) | bit(PAGE_IN_BOLD) | bit(PAGE_IN_TIME));
        c->block = (page_block){.first = node, .node = home, .places = c->out->places[home] & kept};
        c->block.near = c->out->near[home] | c->out->near[c->tree->nodes.items[home].parent];
        c->walk = (word_walk){false, 0};
        c->open = true;
    }
    c->parted = false;
    c->breaks = 0;
    uint32_t words = count_words(&c->block, text, &c->walk);
    c->block.words += words;
    c->block.link_words += (places & bit(PAGE_IN_LINK)) != 0 ? words : 0;
    c->block.bold_words += (places & bit(PAGE_IN_BOLD)) != 0 ? words : 0;
    c->block.places |= places & (bit(PAGE_IN_TIME) | 0xFFFFFFFFu);
    c->block.end = node + 1;
    return status;
}

dsr_status dsr_page_blocks_find(const page_tree *tree, const dsr_lexicon *lexicon, page_blocks *out)
{
    page_blocks found = {0};
    cutter c = {.tree = tree, .out = &found};
    dsr_status status = find_places(tree, lexicon, &found);
    uint32_t *home =
        status == DSR_OK ? dsr_arena_alloc_array(tree->arena, tree->nodes.count, sizeof *home) : NULL;
    if (home == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (uint32_t i = 1; status == DSR_OK && i < tree->nodes.count; i++) {
        const page_node *n = &tree->nodes.items[i];
        bool is_inline = dsr_page_tag_is_inline(n->tag);
        home[i] = is_inline ? home[n->parent] : i;
        if (n->tag == PAGE_TAG_TEXT) {
            status = take_text(&c, i, home[i]);
        } else if (n->tag == PAGE_TAG_BR) {
            c.breaks++;
            c.walk.in_word = false;
        } else if (!is_inline) {
            c.parted = true;
        }
    }
    if (status == DSR_OK) {
        status = close_block(&c);
    }
    if (status == DSR_OK) {
        *out = found;
    }
    return status;
}
