/* Reads the marked reports of train/news: text with marks for names, roles, pronouns and quotations. What the
 * marks mean says train/news/README.md. */
#ifndef DSR_TRAIN_MARKED_H
#define DSR_TRAIN_MARKED_H

#include "model/report.h"

typedef enum mark_kind {
    MARK_PER, /* the first seven as in dsr_name_type */
    MARK_ORG,
    MARK_GPE,
    MARK_LOC,
    MARK_FAC,
    MARK_NORP,
    MARK_EVENT,
    MARK_ROLE,
    MARK_PRO,
    MARK_SAY,
    MARK_TOLD,
    MARK_CUE,
    MARK_KINDS
} mark_kind;

typedef struct mark {
    dsr_span span; /* in the text without marks */
    mark_kind kind;
    dsr_slice key; /* "-" where it is nobody's */
} mark;

typedef struct marked_report {
    dsr_slice path;
    dsr_slice outlet, place, style; /* the head lines, as they stand */
    dsr_slice text;                 /* headline, empty line, body; without marks */
    size_t headline;                /* bytes of it that are headline */
    DSR_LIST(mark) marks;           /* in order of their start, outer ones first */
} marked_report;

/* Reads the file; prints what is wrong with it and returns false. Everything lives in the arena. */
bool marked_read(dsr_arena *arena, const char *path, marked_report *out);
/* The same of bytes. */
bool marked_parse(dsr_arena *arena, dsr_slice path, dsr_slice bytes, marked_report *out);
/* All reports of a folder ("*.txt"), by name. */
typedef DSR_LIST(marked_report) marked_reports;
bool marked_read_folder(dsr_arena *arena, const char *folder, marked_reports *out);

/* A whole file in the arena; prints what is wrong and returns false. */
bool read_file(dsr_arena *arena, const char *path, dsr_slice *out);

#endif
