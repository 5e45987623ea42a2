/* The order of the steps from a page to a record, and what a page is that holds no article. */
#include "page/page.h"

#include "base/limits.h"
#include "page/article.h"
#include "page/facts.h"

enum {
    LEAST_WORDS = 8,
    INDEX_LINKS = 25,
    INDEX_WORDS = 80,
    INDEX_CARDS = 12, /* headings that are links to other pages */
    CARD_WORDS = 45,  /* below each of them */
    LIVE_BLOCKS = 4
};

typedef struct census {
    uint64_t words, links, consent, live;
    size_t link_blocks, cards;
} census;

static census count(const page_tree *tree, const page_blocks *blocks)
{
    census c = {0};
    for (size_t i = 0; i < blocks->count; i++) {
        const page_block *b = &blocks->items[i];
        c.words += b->words;
        c.links += b->link_words;
        c.link_blocks += b->words > 2 && b->link_words == b->words;
        uint8_t tag = tree->nodes.items[b->node].tag;
        c.cards += b->words > 2 && b->link_words == b->words && tag >= PAGE_TAG_H2 && tag <= PAGE_TAG_H6;
        c.consent += (b->places >> DSR_PAGE_CONSENT & 1) != 0 ? b->words : 0;
        c.live += (b->places >> DSR_PAGE_LIVE & 1) != 0 && b->logit > 0;
    }
    return c;
}

/* Where nothing was taken, a page that is little more than text is text. */
static void take_bare(page_blocks *blocks, const census *c)
{
    bool any = false;
    for (size_t i = 0; i < blocks->count; i++) {
        any = any || (blocks->items[i].logit > 0 && blocks->items[i].words >= LEAST_WORDS);
    }
    for (size_t i = 0; !any && c->links * 2 <= c->words && i < blocks->count; i++) {
        page_block *b = &blocks->items[i];
        b->logit = b->words > 0 && b->link_words * 2 <= b->words ? 1 : b->logit;
    }
}

/* `stated`: the page itself says that it is an article, by a date or an author. */
static dsr_status refuse(const census *c, uint64_t taken, bool stated, dsr_error *error)
{
    if (c->consent * 2 > c->words && taken < INDEX_WORDS * 2) {
        return dsr_fail(error, DSR_ERR_INPUT, "read",
                        "is a consent page, not the article behind it; save the page again after the choice");
    }
    bool cards = c->cards >= INDEX_CARDS && taken < c->cards * CARD_WORDS;
    if (((c->link_blocks >= INDEX_LINKS && taken < INDEX_WORDS) || cards) && !stated) {
        return dsr_fail(
            error, DSR_ERR_INPUT, "read",
            "is an index page: %zu links to other pages and no article of its own; give the articles",
            c->link_blocks);
    }
    return taken == 0
               ? dsr_fail(error, DSR_ERR_INPUT, "read",
                          "is a page without an article: no text is in it that is no navigation; if the page "
                          "is built by scripts, save it from a browser")
               : DSR_OK;
}

static dsr_status warn(dsr_arena *arena, const page_tree *tree, const census *c, dsr_report *report)
{
    dsr_status status = DSR_OK;
    if (tree->cut_script) {
        status = dsr_report_warn(arena, report, "a script or style has no end; what follows it was not read");
    }
    if (status == DSR_OK && tree->cut_depth) {
        status = dsr_report_warn(
            arena, report,
            "elements stand more than %d deep; deeper ones were passed through, their text kept",
            DSR_LIMIT_PAGE_DEPTH);
    }
    if (status == DSR_OK && tree->cut_nodes) {
        status =
            dsr_report_warn(arena, report, "more than %d elements and texts; what follows them was not read",
                            DSR_LIMIT_PAGE_NODES);
    }
    if (status == DSR_OK && c->live >= LIVE_BLOCKS) {
        status = dsr_report_warn(arena, report, "this is a live page: its entries are read as one report");
    }
    return status;
}

static dsr_status take_article(dsr_arena *arena, const dsr_lexicon *lexicon, const page_tree *tree,
                               dsr_report *report, dsr_error *error)
{
    page_blocks blocks;
    page_view view;
    page_choice *choices = NULL;
    uint32_t headline = UINT32_MAX;
    uint64_t taken = 0;
    page_model *model = dsr_arena_alloc(arena, sizeof *model);
    dsr_status status =
        model != NULL ? dsr_page_facts_take(tree, lexicon, report, &headline) : DSR_ERR_MEMORY;
    if (status == DSR_OK) {
        status = dsr_page_blocks_find(tree, lexicon, &blocks);
        status = status != DSR_ERR_LIMIT ? status
                                         : dsr_fail(error, status, "read",
                                                    "has more than %d blocks of text; save the article alone",
                                                    DSR_LIMIT_PAGE_BLOCKS);
    }
    if (status != DSR_OK) {
        return status;
    }
    if (blocks.count == 0) {
        census none = {0};
        return refuse(&none, 0, false, error);
    }
    dsr_page_model_load(lexicon, model);
    status = dsr_page_classify(tree, &blocks, model, &view);
    census c = count(tree, &blocks);
    take_bare(&blocks, &c);
    if (status == DSR_OK) {
        status = dsr_page_article_choose(tree, &blocks, &view, headline, &choices, &taken);
    }
    if (status == DSR_OK) {
        bool stated = report->meta.published.iso.ptr != NULL || report->meta.authors.count > 0;
        status = refuse(&c, taken, stated, error);
    }
    if (status == DSR_OK) {
        status = dsr_page_render(tree, &blocks, choices, report);
        status = status != DSR_ERR_LIMIT ? status
                                         : dsr_fail(error, status, "read",
                                                    "has more than %d bytes of text; save the article alone",
                                                    DSR_LIMIT_TEXT_BYTES);
    }
    return status == DSR_OK ? warn(arena, tree, &c, report) : status;
}

dsr_status dsr_page_read(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_slice page, dsr_report *report,
                         dsr_error *error)
{
    page_tree tree;
    dsr_status status = dsr_page_tree_build(arena, page, &tree);
    if (status == DSR_ERR_LIMIT) {
        return dsr_fail(error, status, "read", "is longer than a page can be; save the article alone");
    }
    if (status == DSR_OK) {
        report->labelled = true;
        status = take_article(arena, lexicon, &tree, report, error);
    }
    return status;
}
