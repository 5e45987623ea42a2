/* Numbers about blocks, and the two looks that decide from them. Weights are trained (train/page.c); nothing
 * here knows a word or a site. */
#include "page/judge.h"

#include "base/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ONE = PAGE_FEATURE_ONE };

/* ---- names ---- */

static const char *const first_names[] = {
    "bias",        "words 0",    "words 1-2",   "words 3-5",   "words 6-10",   "words 11-20", "words 21-40",
    "words 41-",   "log words",  "link share",  "no links",    "all links",    "stopped",     "stops",
    "commas",      "prose",      "bold whole",  "before none", "before short", "before long", "before links",
    "before stop", "after none", "after short", "after long",  "after links",  "after stop",  "page 1/4",
    "page 2/4",    "page 3/4",   "page 4/4",    "long words",  "prose near",   "short alone", "capitals",
    "signs",       "quoted",     "colon end",   "title case",  "stops rate"};
static const char *const second_names[PAGE_SECOND_FEATURES] = {"in root",
                                                               "out of root",
                                                               "same home",
                                                               "same looks",
                                                               "before first",
                                                               "after last",
                                                               "between",
                                                               "self",
                                                               "prev",
                                                               "next",
                                                               "prev 2",
                                                               "next 2",
                                                               "self +",
                                                               "self -",
                                                               "near before",
                                                               "near after",
                                                               "sandwich",
                                                               "home sibling",
                                                               "depth same",
                                                               "depth more",
                                                               "depth less",
                                                               "root quarter 1",
                                                               "root quarter 4",
                                                               "tail distance",
                                                               "head distance",
                                                               "short sandwich",
                                                               "list sandwich",
                                                               "heading inside",
                                                               "link sandwich",
                                                               "first of root",
                                                               "last of root",
                                                               "home and prose",
                                                               "looks and prose",
                                                               "tail prose",
                                                               "root share",
                                                               "long tail",
                                                               "home short",
                                                               "home links",
                                                               "out prose",
                                                               "far"};

void dsr_page_feature_name(int feature, char out[PAGE_FEATURE_NAME])
{
    int names = (int)(sizeof first_names / sizeof first_names[0]);
    if (feature < names) {
        snprintf(out, PAGE_FEATURE_NAME, "%s", first_names[feature]);
    } else if (feature < names + PAGE_PLACES) {
        snprintf(out, PAGE_FEATURE_NAME, "place %d", feature - names);
    } else if (feature < names + PAGE_PLACES + DSR_PAGE_GROUPS) {
        snprintf(out, PAGE_FEATURE_NAME, "near %d", feature - names - PAGE_PLACES);
    } else if (feature < PAGE_FIRST_FEATURES) {
        snprintf(out, PAGE_FEATURE_NAME, "tag %d", feature - names - PAGE_PLACES - DSR_PAGE_GROUPS);
    } else {
        snprintf(out, PAGE_FEATURE_NAME, "%s", second_names[feature - PAGE_FIRST_FEATURES]);
    }
}

/* ---- first look ---- */

static int32_t share(uint64_t part, uint64_t whole)
{
    return whole == 0 ? 0 : (int32_t)(part * ONE / whole);
}

static int32_t log_words(uint32_t words)
{
    int32_t bits = 0;
    for (uint32_t w = words + 1; w > 1; w >>= 1) {
        bits++;
    }
    return bits * ONE / 4 < 4 * ONE ? bits * ONE / 4 : 4 * ONE;
}

static bool is_prose(const page_block *b)
{
    return b->words >= 12 && b->stops > 0 && b->link_words * 3 <= b->words;
}

static int words_class(uint32_t words)
{
    return words == 0   ? 1
           : words < 3  ? 2
           : words < 6  ? 3
           : words < 11 ? 4
           : words < 21 ? 5
           : words < 41 ? 6
                        : 7;
}

/* Five features of the neighbour before or behind. */
static void neighbour(const page_block *b, int32_t *out)
{
    if (b == NULL) {
        out[0] = ONE;
        return;
    }
    out[1] = b->words < 8 ? ONE : 0;
    out[2] = b->words >= 20 ? ONE : 0;
    out[3] = share(b->link_words, b->words);
    out[4] = b->stopped ? ONE : 0;
}

void dsr_page_first_features(const page_tree *tree, const page_blocks *blocks, size_t at,
                             int32_t out[PAGE_FIRST_FEATURES])
{
    const page_block *b = &blocks->items[at];
    const page_block *before = at > 0 ? b - 1 : NULL;
    const page_block *after = at + 1 < blocks->count ? b + 1 : NULL;
    int names = (int)(sizeof first_names / sizeof first_names[0]);
    memset(out, 0, sizeof(int32_t) * PAGE_FIRST_FEATURES);
    out[0] = ONE;
    out[words_class(b->words)] = ONE;
    out[8] = log_words(b->words);
    out[9] = share(b->link_words, b->words);
    out[10] = b->link_words == 0 ? ONE : 0;
    out[11] = b->words > 0 && b->link_words == b->words ? ONE : 0;
    out[12] = b->stopped ? ONE : 0;
    out[13] = (int32_t)(b->stops < 4 ? b->stops : 4) * ONE / 4;
    out[14] = (int32_t)(b->commas < 4 ? b->commas : 4) * ONE / 4;
    out[15] = is_prose(b) ? ONE : 0;
    out[16] = b->words > 0 && b->bold_words == b->words ? ONE : 0;
    neighbour(before, out + 17);
    neighbour(after, out + 22);
    out[27 + (int)(at * 4 / blocks->count)] = ONE;
    out[31] = b->words > 0 && b->characters > b->words * 7 ? ONE : 0;
    out[32] = ((before != NULL && is_prose(before)) + (after != NULL && is_prose(after))) * ONE / 2;
    out[33] = b->words < 11 && !b->stopped && !(before != NULL && is_prose(before)) ? ONE : 0;
    for (int i = 0; i < PAGE_PLACES; i++) {
        out[names + i] = (b->places >> i & 1) != 0 ? ONE : 0;
    }
    out[34] = b->capitals > 6 && b->capitals > b->smalls ? ONE : 0;
    out[35] = b->marks > 0 ? ONE : 0;
    out[36] = b->quoted ? ONE : 0;
    out[37] = b->colon ? ONE : 0;
    out[38] = b->words > 0 && b->words < 11 && b->capitals * 2 >= b->words ? ONE : 0;
    out[39] = b->words > 0 && b->stops * 40 > b->words ? ONE : 0;
    for (int i = 0; i < DSR_PAGE_GROUPS; i++) {
        out[names + PAGE_PLACES + i] = (b->near >> i & 1) != 0 ? ONE : 0;
    }
    out[names + PAGE_PLACES + DSR_PAGE_GROUPS + tree->nodes.items[b->node].tag] = ONE;
}

/* ---- the page as a whole ---- */

const page_level dsr_page_first_level = {1024, 4};

static int by_logit(const void *a, const void *b)
{
    const page_block *x = *(const page_block *const *)a;
    const page_block *y = *(const page_block *const *)b;
    if (x->logit != y->logit) {
        return x->logit < y->logit ? 1 : -1;
    }
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Prose that may be an article's: not what stands in a place for other things. */
static bool may_be_told(const page_block *b)
{
    static const uint64_t apart = (uint64_t)1 << PAGE_IN_NAV | (uint64_t)1 << PAGE_IN_FOOTER |
                                  (uint64_t)1 << PAGE_IN_ASIDE | (uint64_t)1 << PAGE_IN_FORM |
                                  1u << DSR_PAGE_COMMENT | 1u << DSR_PAGE_CONSENT | 1u << DSR_PAGE_SUBSCRIBE;
    return is_prose(b) && (b->places & apart) == 0;
}

dsr_status dsr_page_level(const page_tree *tree, page_blocks *blocks, page_level level)
{
    const page_block **order = dsr_arena_alloc_array(tree->arena, blocks->count + 1, sizeof(void *));
    uint64_t words = 0;
    uint64_t sum = 0;
    size_t count = 0;
    if (order == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < blocks->count; i++) {
        if (may_be_told(&blocks->items[i])) {
            order[count++] = &blocks->items[i];
            words += blocks->items[i].words;
        }
    }
    qsort(order, count, sizeof(void *), by_logit);
    size_t at = 0;
    while (at < count && (sum += order[at]->words) * level.part < words) {
        at++;
    }
    int32_t lift = at < count && order[at]->logit < level.sure ? level.sure - order[at]->logit : 0;
    for (size_t i = 0; i < blocks->count; i++) {
        blocks->items[i].logit += lift;
    }
    return DSR_OK;
}

/* What an element looks like: its tag and class. */
static uint64_t looks_of(const page_tree *tree, uint32_t node)
{
    dsr_slice class = dsr_page_tree_attribute(tree, node, PAGE_ATTR_CLASS);
    return dsr_hash64(class, tree->nodes.items[node].tag);
}

static int32_t worth(const page_block *b)
{
    int64_t logit = b->logit < -3072 ? -3072 : b->logit > 3072 ? 3072 : b->logit;
    uint32_t words = b->words < 120 ? b->words : 120;
    return (int32_t)(logit * (int64_t)(words + 2) / 1024);
}

/* The block at which, or behind which, a node begins: blocks lie in the order of their nodes. */
static size_t lower(const page_blocks *blocks, uint32_t node)
{
    size_t low = 0;
    size_t high = blocks->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (blocks->items[middle].first < node) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The element whose blocks are worth most together; of equals the innermost. */
static uint32_t find_root(const page_tree *tree, const page_blocks *blocks, const int64_t *sums)
{
    uint32_t best = 0;
    int64_t most = INT64_MIN;
    for (uint32_t i = 1; i < tree->nodes.count; i++) {
        const page_node *n = &tree->nodes.items[i];
        if (dsr_page_tag_is_inline(n->tag) || n->end - i < 2) {
            continue;
        }
        size_t from = lower(blocks, i);
        size_t to = lower(blocks, n->end);
        if (from < to && sums[to] - sums[from] >= most) {
            most = sums[to] - sums[from];
            best = i;
        }
    }
    return best;
}

/* Majority vote over the taken blocks of the root, by words (Boyer and Moore 1981): home and looks. */
static void find_majority(const page_tree *tree, const page_blocks *blocks, page_view *view)
{
    int64_t home_lead = 0;
    int64_t looks_lead = 0;
    view->first = view->to;
    view->last = view->from;
    for (size_t i = view->from; i < view->to; i++) {
        const page_block *b = &blocks->items[i];
        if (b->logit <= 0) {
            continue;
        }
        view->first = view->first == view->to ? i : view->first;
        view->last = i;
        uint32_t home = tree->nodes.items[b->node].parent;
        uint64_t looks = looks_of(tree, b->node);
        int64_t words = (int64_t)b->words + 1;
        if (home == view->home) {
            home_lead += words;
        } else {
            view->home = home_lead < words ? home : view->home;
            home_lead = home_lead < words ? words - home_lead : home_lead - words;
        }
        if (looks == view->looks) {
            looks_lead += words;
        } else {
            view->looks = looks_lead < words ? looks : view->looks;
            looks_lead = looks_lead < words ? words - looks_lead : looks_lead - words;
        }
    }
}

dsr_status dsr_page_view_find(const page_tree *tree, const page_blocks *blocks, page_view *out)
{
    page_view view = {0};
    int64_t *sums = dsr_arena_alloc_array(tree->arena, blocks->count + 1, sizeof *sums);
    if (sums == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < blocks->count; i++) {
        sums[i + 1] = sums[i] + worth(&blocks->items[i]);
    }
    view.root = find_root(tree, blocks, sums);
    view.from = lower(blocks, view.root);
    view.to = lower(blocks, tree->nodes.items[view.root].end);
    find_majority(tree, blocks, &view);
    *out = view;
    return DSR_OK;
}

/* ---- second look ---- */

static int32_t logit_at(const page_blocks *blocks, const page_view *view, size_t at, int step)
{
    size_t to = at + (size_t)step;
    if ((step < 0 && at < (size_t)-step) || to >= blocks->count || to < view->from || to >= view->to) {
        return -ONE;
    }
    int32_t logit = blocks->items[to].logit;
    return logit > 4096 ? ONE : logit < -4096 ? -ONE : logit;
}

/* In how many blocks a surely taken one stands, up to six; 7 where there is none so near. */
static int nearest(const page_blocks *blocks, const page_view *view, size_t at, int step)
{
    for (int i = 1; i <= 6; i++) {
        if (logit_at(blocks, view, at, step * i) >= 1024) {
            return i;
        }
    }
    return 7;
}

static void around(const page_blocks *blocks, const page_view *view, size_t at, int32_t *out)
{
    const page_block *b = &blocks->items[at];
    int before = nearest(blocks, view, at, -1);
    int after = nearest(blocks, view, at, 1);
    bool sandwich = before <= 2 && after <= 2;
    bool near = before <= 6 && after <= 6;
    out[14] = (7 - before) * ONE / 6;
    out[15] = (7 - after) * ONE / 6;
    out[16] = sandwich ? ONE : 0;
    out[25] = sandwich && b->words < 11 ? ONE : 0;
    out[26] = near && (b->places >> PAGE_IN_LIST & 1) != 0 ? ONE : 0;
    out[28] = sandwich && b->link_words * 2 > b->words ? ONE : 0;
    out[39] = before > 6 && after > 6 ? ONE : 0;
}

static void standing(const page_tree *tree, const page_blocks *blocks, const page_view *view, size_t at,
                     int32_t *out)
{
    const page_block *b = &blocks->items[at];
    const page_node *nodes = tree->nodes.items;
    uint16_t usual = (uint16_t)(nodes[view->home].depth + 1);
    uint16_t depth = nodes[b->node].depth;
    bool home = nodes[b->node].parent == view->home;
    bool same = looks_of(tree, b->node) == view->looks;
    uint8_t tag = nodes[b->node].tag;
    bool heading = tag >= PAGE_TAG_H2 && tag <= PAGE_TAG_H6;
    out[2] = home ? ONE : 0;
    out[3] = same ? ONE : 0;
    out[17] = !home && b->node > view->home && b->node < nodes[view->home].end ? ONE : 0;
    out[18] = depth == usual ? ONE : 0;
    out[19] = depth > usual ? ONE : 0;
    out[20] = depth < usual ? ONE : 0;
    out[27] = heading && at > view->first && at < view->last ? ONE : 0;
    out[31] = home && is_prose(b) ? ONE : 0;
    out[32] = same && is_prose(b) ? ONE : 0;
    out[36] = home && b->words < 11 ? ONE : 0;
    out[37] = home ? share(b->link_words, b->words) : 0;
}

void dsr_page_second_features(const page_tree *tree, const page_blocks *blocks, const page_view *view,
                              size_t at, int32_t out[PAGE_SECOND_FEATURES])
{
    const page_block *b = &blocks->items[at];
    bool in = at >= view->from && at < view->to;
    memset(out, 0, sizeof(int32_t) * PAGE_SECOND_FEATURES);
    out[0] = in ? ONE : 0;
    out[1] = in ? 0 : ONE;
    out[4] = at < view->first ? ONE : 0;
    out[5] = at > view->last ? ONE : 0;
    out[6] = at > view->first && at < view->last ? ONE : 0;
    out[7] = b->logit > 8192 ? 2 * ONE : b->logit < -8192 ? -2 * ONE : b->logit;
    out[8] = logit_at(blocks, view, at, -1);
    out[9] = logit_at(blocks, view, at, 1);
    out[10] = logit_at(blocks, view, at, -2);
    out[11] = logit_at(blocks, view, at, 2);
    out[12] = b->logit > 1024 ? ONE : 0;
    out[13] = b->logit < -1024 ? ONE : 0;
    around(blocks, view, at, out);
    standing(tree, blocks, view, at, out);
    if (in) {
        size_t size = view->to - view->from;
        out[21] = (at - view->from) * 4 < size ? ONE : 0;
        out[22] = (view->to - at) * 4 <= size ? ONE : 0;
        out[29] = at == view->first ? ONE : 0;
        out[30] = at == view->last ? ONE : 0;
        out[34] = share(size, blocks->count);
    }
    size_t behind = at > view->last ? at - view->last : 0;
    size_t above = at < view->first ? view->first - at : 0;
    out[23] = (int32_t)((behind < 8 ? behind : 8) * ONE / 8);
    out[24] = (int32_t)((above < 8 ? above : 8) * ONE / 8);
    out[33] = behind > 0 && is_prose(b) ? ONE : 0;
    out[35] = behind > 3 ? ONE : 0;
    out[38] = !in && is_prose(b) ? ONE : 0;
}

/* ---- deciding ---- */

static const page_level second_level = {1, 5};

void dsr_page_model_load(const dsr_lexicon *lexicon, page_model *out)
{
    char name[PAGE_FEATURE_NAME + 2];
    for (int i = 0; i < PAGE_FEATURES; i++) {
        name[0] = '2';
        name[1] = ' ';
        dsr_page_feature_name(i, name + 2);
        out->second[i] = dsr_lexicon_page_weight(lexicon, dsr_slice_of(name));
        name[0] = '1';
        if (i < PAGE_FIRST_FEATURES) {
            out->first[i] = dsr_lexicon_page_weight(lexicon, dsr_slice_of(name));
        }
    }
}

int32_t dsr_page_logit(const int32_t *weights, const int32_t *features, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += (int64_t)weights[i] * features[i];
    }
    sum /= ONE;
    return sum > INT32_MAX / 4 ? INT32_MAX / 4 : sum < -INT32_MAX / 4 ? -INT32_MAX / 4 : (int32_t)sum;
}

dsr_status dsr_page_classify(const page_tree *tree, page_blocks *blocks, const page_model *model,
                             page_view *view)
{
    int32_t features[PAGE_FEATURES];
    int32_t *second = dsr_arena_alloc_array(tree->arena, blocks->count, sizeof *second);
    if (second == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < blocks->count; i++) {
        dsr_page_first_features(tree, blocks, i, features);
        blocks->items[i].logit = dsr_page_logit(model->first, features, PAGE_FIRST_FEATURES);
    }
    dsr_status status = dsr_page_level(tree, blocks, dsr_page_first_level);
    if (status == DSR_OK) {
        status = dsr_page_view_find(tree, blocks, view);
    }
    for (size_t i = 0; status == DSR_OK && i < blocks->count; i++) {
        dsr_page_first_features(tree, blocks, i, features);
        dsr_page_second_features(tree, blocks, view, i, features + PAGE_FIRST_FEATURES);
        second[i] = dsr_page_logit(model->second, features, PAGE_FEATURES);
    }
    for (size_t i = 0; status == DSR_OK && i < blocks->count; i++) {
        blocks->items[i].logit = second[i];
    }
    return status == DSR_OK ? dsr_page_level(tree, blocks, second_level) : status;
}
