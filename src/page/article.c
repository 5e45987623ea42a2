/* The article part: the blocks taken, and those around and between them with their labels. Must not know how
 * blocks were judged. */
#include "page/article.h"

enum {
    HEAD_BLOCKS = 48,      /* between headline and text; more are a page's furniture */
    STANDFIRST_BLOCKS = 6, /* it stands so near below the headline */
    STANDFIRST_LEAST = 8,  /* words */
    STANDFIRST_MOST = 70,
    OPENING_WORDS = 12,
    TAIL_SHARE = 4, /* behind the text: up to one word in so many */
    TAIL_WORDS = 80,
    SHORT_HEADING_WORDS = 24
};

static bool in(const page_block *b, int place)
{
    return (b->places >> place & 1) != 0;
}

static bool is_heading(uint8_t tag)
{
    return tag >= PAGE_TAG_H1 && tag <= PAGE_TAG_H6;
}

dsr_block_kind dsr_page_block_kind(const page_tree *tree, const page_block *b, uint8_t *level)
{
    uint8_t tag = tree->nodes.items[b->node].tag;
    *level = 0;
    if (is_heading(tag)) {
        *level = (uint8_t)(tag - PAGE_TAG_H1 + 1);
        return DSR_BLOCK_HEADING;
    }
    if (tag == PAGE_TAG_FIGCAPTION || tag == PAGE_TAG_CAPTION || in(b, PAGE_IN_FIGURE)) {
        return DSR_BLOCK_CAPTION;
    }
    if (tag == PAGE_TAG_PRE) {
        return DSR_BLOCK_PREFORMATTED;
    }
    if (in(b, PAGE_IN_QUOTE)) {
        return DSR_BLOCK_QUOTATION;
    }
    if (tag == PAGE_TAG_LI || tag == PAGE_TAG_DD || tag == PAGE_TAG_DT) {
        *level = 1;
        return DSR_BLOCK_LIST_ITEM;
    }
    return tag == PAGE_TAG_TD || tag == PAGE_TAG_TH ? DSR_BLOCK_TABLE_ROW : DSR_BLOCK_PARAGRAPH;
}

const char *dsr_page_article_why(const page_block *b)
{
    static const struct {
        int place;
        const char *why;
    } reasons[] = {{PAGE_IN_DELETED, "deleted"},
                   {PAGE_IN_HIDDEN, "hidden"},
                   {DSR_PAGE_CONSENT, "consent"},
                   {PAGE_IN_NAV, "navigation"},
                   {DSR_PAGE_COMMENT, "comments"},
                   {DSR_PAGE_RELATED, "related links"},
                   {DSR_PAGE_ADVERT, "advertising"},
                   {DSR_PAGE_SUBSCRIBE, "subscription"},
                   {DSR_PAGE_SHARE, "sharing"},
                   {PAGE_IN_FORM, "form"},
                   {PAGE_IN_FOOTER, "footer"},
                   {DSR_PAGE_NAVIGATION, "navigation"},
                   {PAGE_IN_ASIDE, "aside"},
                   {DSR_PAGE_SIDEBAR, "sidebar"},
                   {DSR_PAGE_AUTHOR_BOX, "about the author"},
                   {DSR_PAGE_TAGS, "topics"},
                   {PAGE_IN_HEADER, "header"},
                   {DSR_PAGE_LISTING, "list of other pages"}};
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if (in(b, reasons[i].place)) {
            return reasons[i].why;
        }
    }
    if (b->link_words * 2 > b->words) {
        return "links";
    }
    return b->words < 8 ? "short stretches outside the text" : "text outside the article";
}

/* What a block is that is no text of the article. */
static dsr_furniture_kind label(const page_tree *tree, const page_block *b)
{
    static const struct {
        int place;
        dsr_furniture_kind kind;
    } kinds[] = {{DSR_PAGE_ADVERT, DSR_FURNITURE_ADVERT},
                 {DSR_PAGE_SHARE, DSR_FURNITURE_SHARE},
                 {DSR_PAGE_SUBSCRIBE, DSR_FURNITURE_SUBSCRIPTION},
                 {DSR_PAGE_RELATED, DSR_FURNITURE_READMORE},
                 {PAGE_IN_FORM, DSR_FURNITURE_ACCOUNT_FORM}};
    uint8_t tag = tree->nodes.items[b->node].tag;
    if (in(b, DSR_PAGE_CREDIT) && b->words < 9) {
        return DSR_FURNITURE_CREDIT;
    }
    if (tag == PAGE_TAG_FIGCAPTION || in(b, PAGE_IN_FIGURE) || in(b, DSR_PAGE_CAPTION)) {
        return DSR_FURNITURE_CAPTION;
    }
    if (b->words < 30 && in(b, DSR_PAGE_BYLINE)) {
        return DSR_FURNITURE_BYLINE;
    }
    if (b->words < 20 && (in(b, PAGE_IN_TIME) || in(b, DSR_PAGE_DATE))) {
        return DSR_FURNITURE_PUBLISHED;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (in(b, kinds[i].place)) {
            return kinds[i].kind;
        }
    }
    return b->link_words > 0 && b->link_words * 2 > b->words ? DSR_FURNITURE_READMORE : DSR_FURNITURE_OTHER;
}

/* Blocks are few in a list of kinds that no article part shows between its own. */
static bool is_apart(const page_block *b)
{
    return in(b, PAGE_IN_NAV) || in(b, PAGE_IN_FOOTER) || in(b, PAGE_IN_ASIDE) || in(b, DSR_PAGE_COMMENT) ||
           in(b, DSR_PAGE_CONSENT);
}

static void take_between(const page_tree *tree, const page_blocks *blocks, const page_view *view,
                         size_t first, size_t last, page_choice *choices)
{
    for (size_t i = first; i <= last; i++) {
        const page_block *b = &blocks->items[i];
        bool inside = i >= view->from && i < view->to;
        if (choices[i].fate == PAGE_LEFT && (inside || !is_apart(b))) {
            choices[i] = (page_choice){PAGE_FURNITURE, (uint8_t)label(tree, b)};
        }
    }
}

static bool is_told(const page_block *b)
{
    return !is_apart(b) && !in(b, DSR_PAGE_CAPTION) && !in(b, PAGE_IN_FIGURE) && !in(b, DSR_PAGE_RELATED) &&
           !in(b, DSR_PAGE_SUBSCRIBE) && !in(b, DSR_PAGE_ADVERT) && !in(b, PAGE_IN_FORM) &&
           !in(b, DSR_PAGE_BYLINE) && !in(b, DSR_PAGE_AUTHOR_BOX) && !in(b, PAGE_IN_BUTTON);
}

/* Paragraphs side by side between headline and text are text too: live pages open with an account. */
static bool is_opening(const page_blocks *blocks, size_t at, const page_tree *tree)
{
    const page_block *b = &blocks->items[at];
    uint32_t home = tree->nodes.items[b->node].parent;
    size_t siblings = 0;
    for (size_t i = at > 4 ? at - 4 : 0; i < blocks->count && i <= at + 4; i++) {
        const page_block *other = &blocks->items[i];
        siblings += tree->nodes.items[other->node].parent == home && other->words >= OPENING_WORDS &&
                    other->stopped && other->link_words * 3 <= other->words;
    }
    return siblings >= 3 && b->words >= OPENING_WORDS && b->stopped && b->link_words * 3 <= b->words &&
           is_told(b);
}

/* What a block above the text is. */
static page_choice choose_head(const page_tree *tree, const page_blocks *blocks, size_t i, size_t below)
{
    const page_block *b = &blocks->items[i];
    if (is_opening(blocks, i, tree)) {
        return (page_choice){PAGE_TAKEN, 0};
    }
    bool named = in(b, DSR_PAGE_STANDFIRST) && b->words >= 5;
    bool placed = below <= STANDFIRST_BLOCKS && b->words >= STANDFIRST_LEAST && b->words <= STANDFIRST_MOST;
    if ((named || placed) && b->link_words * 2 <= b->words && is_told(b)) {
        return (page_choice){PAGE_READ, DSR_FURNITURE_STANDFIRST};
    }
    return (page_choice){PAGE_FURNITURE, (uint8_t)label(tree, b)};
}

/* Above the text: the headline and what stands between, where that is not half a page. */
static void take_head(const page_tree *tree, const page_blocks *blocks, size_t first, uint32_t headline,
                      page_choice *choices)
{
    size_t at = blocks->count;
    for (size_t i = 0; headline != UINT32_MAX && i < blocks->count; i++) {
        if (blocks->items[i].node >= headline && blocks->items[i].node < tree->nodes.items[headline].end) {
            choices[i] = (page_choice){PAGE_READ, DSR_FURNITURE_HEADLINE};
            at = at == blocks->count ? i : at;
        }
    }
    if (at >= first || first - at > HEAD_BLOCKS) {
        return;
    }
    for (size_t i = at; i < first; i++) {
        const page_block *b = &blocks->items[i];
        if (choices[i].fate != PAGE_LEFT || is_apart(b)) {
            continue;
        }
        choices[i] = choose_head(tree, blocks, i, i - at);
    }
}

/* Behind the text: what is left of the root, where it is little. */
static void take_tail(const page_tree *tree, const page_blocks *blocks, const page_view *view, size_t last,
                      uint64_t taken, page_choice *choices)
{
    uint64_t words = 0;
    for (size_t i = last + 1; i < view->to; i++) {
        words += blocks->items[i].words;
    }
    if (last < view->from || (words > TAIL_WORDS && words * TAIL_SHARE > taken)) {
        return;
    }
    for (size_t i = last + 1; i < view->to; i++) {
        choices[i] = (page_choice){PAGE_FURNITURE, (uint8_t)label(tree, &blocks->items[i])};
    }
}

static void mark_taken(const page_tree *tree, const page_blocks *blocks, size_t i, page_choice *choices)
{
    const page_block *b = &blocks->items[i];
    uint8_t tag = tree->nodes.items[b->node].tag;
    choices[i] = (page_choice){PAGE_TAKEN, 0};
    if (is_heading(tag) && b->words <= SHORT_HEADING_WORDS) {
        choices[i] = (page_choice){PAGE_READ, DSR_FURNITURE_SUBHEAD};
    }
}

/* Headlines are said twice, once for each width of the screen: the same words in another h1 are no subhead. A
 * short line above them that was taken for text is a logo. */
static dsr_status mark_above(const page_tree *tree, const page_blocks *blocks, uint32_t headline,
                             page_choice *choices)
{
    enum { FIRST = 32, LONGEST = 1024, LOGO_WORDS = 4 };
    dsr_slice said;
    if (headline == UINT32_MAX) {
        return DSR_OK;
    }
    dsr_status status = dsr_page_tree_text(tree, headline, LONGEST, &said);
    unsigned looked_at = 0;
    for (size_t i = 0; i < blocks->count && looked_at < FIRST && status == DSR_OK; i++) {
        const page_block *b = &blocks->items[i];
        bool text = choices[i].fate == PAGE_TAKEN ||
                    (choices[i].fate == PAGE_READ && choices[i].furniture == DSR_FURNITURE_SUBHEAD);
        if (text && b->node < headline && b->words <= LOGO_WORDS && !b->stopped) {
            choices[i] = (page_choice){PAGE_FURNITURE, (uint8_t)label(tree, b)};
        }
        if (tree->nodes.items[b->node].tag != PAGE_TAG_H1 || choices[i].fate == PAGE_LEFT) {
            continue;
        }
        dsr_slice heading;
        looked_at++;
        status = dsr_page_tree_text(tree, b->node, LONGEST, &heading);
        if (status == DSR_OK && dsr_slice_equal_nocase(heading, said)) {
            choices[i] = (page_choice){PAGE_READ, DSR_FURNITURE_HEADLINE};
        }
    }
    return status;
}

dsr_status dsr_page_article_choose(const page_tree *tree, const page_blocks *blocks, const page_view *view,
                                   uint32_t headline, page_choice **out, uint64_t *taken)
{
    page_choice *choices = dsr_arena_alloc_array(tree->arena, blocks->count + 1, sizeof *choices);
    size_t first = blocks->count;
    size_t last = 0;
    uint64_t words = 0;
    if (choices == NULL) {
        return DSR_ERR_MEMORY;
    }
    for (size_t i = 0; i < blocks->count; i++) {
        if (blocks->items[i].logit > 0) {
            mark_taken(tree, blocks, i, choices);
            first = first == blocks->count ? i : first;
            last = i;
            words += blocks->items[i].words;
        }
    }
    if (first < blocks->count) {
        take_between(tree, blocks, view, first, last, choices);
        take_head(tree, blocks, first, headline, choices);
        take_tail(tree, blocks, view, last, words, choices);
    }
    *out = choices;
    *taken = words;
    return mark_above(tree, blocks, headline, choices);
}
