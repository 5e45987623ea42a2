/* What the files of present share among themselves: the sides of a pair, dates in words, the parts of the
 * story page. */
#ifndef DSR_PRESENT_PAGE_H
#define DSR_PRESENT_PAGE_H

#include "base/utf8.h"
#include "present/dates.h"
#include "present/paint.h"

/* A report as a page speaks of it. */
typedef struct dsr_side {
    const dsr_report *report;
    dsr_slice handle;   /* at most DSR_HANDLE_COLUMNS columns */
    dsr_code_points at; /* positions in its text */
} dsr_side;
enum { DSR_HANDLE_COLUMNS = 16 };
dsr_status dsr_side_build(dsr_arena *arena, const dsr_report *report, dsr_slice handle,
                          dsr_side *out) DSR_MUST_CHECK;
/* Handles for reports that no story named: from the name of the record or file. Those of two reports differ.
 */
dsr_slice dsr_side_own_handle(const dsr_report *report);
void dsr_side_handles(const dsr_report *from, const dsr_report *to, dsr_slice handles[2]);
/* The citation "[000:1234]" as the paragraph's tail. `byte` is a place in the text. */
void dsr_paint_cite(dsr_paint *paint, const dsr_side *side, size_t byte);
/* The text at a span; no value where the span is out of the text. */
dsr_slice dsr_side_text(const dsr_side *side, dsr_span span);

/* A story with what the page needs beside it: sides[i] is reports[i]. */
typedef struct dsr_page {
    dsr_arena *arena;
    const dsr_story *story;
    dsr_side *sides;
} dsr_page;

/* table.c. Of very many reports only the first are listed, unless the look asks for all. */
void dsr_page_reports(dsr_paint *paint, const dsr_page *page);
void dsr_page_sources(dsr_paint *paint, const dsr_page *page);

/* cast.c: who is named. Of a large cast only those named most are listed, unless the look asks for all. */
void dsr_page_cast(dsr_paint *paint, const dsr_page *page);

/* voices.c: who carries a line. */
typedef struct dsr_page_carriers {
    const dsr_carrier *items;
    size_t count;
    uint32_t reports, independent;
} dsr_page_carriers;
/* A slot a report, and "2/3"; nothing where the story has one report. */
void dsr_page_voices(dsr_paint *paint, const dsr_page *page, const dsr_page_carriers *carriers);
unsigned dsr_page_voices_columns(const dsr_page *page);
bool dsr_page_has_slots(const dsr_page *page); /* very many reports have no slot each */
void dsr_page_voices_key(dsr_paint *paint, const dsr_page *page);
/* A clause in the report's words, an ellipsis where the sentence goes on, and where it stands. What it is
 * quoted for is among the first `room` columns; 0: all of the clause. */
void dsr_page_quote(dsr_paint *paint, const dsr_side *side, const dsr_carrier *carrier, unsigned room);

/* statements.c: what is known best, in the words of the reports, and what is to come; all of it with its
 * carriers. disputed.c: where the reports differ. */
void dsr_page_known(dsr_paint *paint, const dsr_page *page);
void dsr_page_to_come(dsr_paint *paint, const dsr_page *page);
void dsr_page_account(dsr_paint *paint, const dsr_page *page);
void dsr_page_disputed(dsr_paint *paint, const dsr_page *page);

/* timeline.c, story_figures.c: of many only what matters most, unless the look asks for all. */
void dsr_page_timeline(dsr_paint *paint, const dsr_page *page);
void dsr_page_figures(dsr_paint *paint, const dsr_page *page);
/* said.c: who said what. Of many quotations those that the most reports have are shown, unless the look asks
 * for all; indirect speech only then. */
void dsr_page_said(dsr_paint *paint, const dsr_page *page);

/* reuse.c: who took from whom and why. */
void dsr_paint_pair(dsr_paint *paint, const dsr_reuse *reuse, const dsr_side *from, const dsr_side *to);
/* passages.c: the copied text with its edits. */
dsr_status dsr_paint_passages(dsr_arena *arena, dsr_paint *paint, const dsr_reuse *reuse,
                              const dsr_side *from, const dsr_side *to) DSR_MUST_CHECK;

#endif
