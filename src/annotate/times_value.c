/* The TIMEX3 value of a length: "P2W", "PT1H30M". */
#include "annotate/times_parts.h"

#include <stdio.h>

static const char *const length_letters[DSR_UNITS] = {
    [DSR_UNIT_SECOND] = "S",    [DSR_UNIT_MINUTE] = "M", [DSR_UNIT_HOUR] = "H",      [DSR_UNIT_DAY] = "D",
    [DSR_UNIT_WEEKEND] = "WE",  [DSR_UNIT_WEEK] = "W",   [DSR_UNIT_FORTNIGHT] = "W", [DSR_UNIT_MONTH] = "M",
    [DSR_UNIT_QUARTER] = "Q",   [DSR_UNIT_YEAR] = "Y",   [DSR_UNIT_DECADE] = "E",    [DSR_UNIT_CENTURY] = "C",
    [DSR_UNIT_MILLENNIUM] = "L"};

/* "2Y6M": a fraction of a unit as whole smaller ones, where that comes out even. */
static void write_count(const dsr_time_form *form, char *out, size_t room)
{
    static const struct {
        uint8_t unit, smaller, each;
    } parts[] = {{DSR_UNIT_YEAR, DSR_UNIT_MONTH, 12},
                 {DSR_UNIT_HOUR, DSR_UNIT_MINUTE, 60},
                 {DSR_UNIT_MINUTE, DSR_UNIT_SECOND, 60}};
    const char *time = form->unit <= DSR_UNIT_HOUR ? "T" : "";
    const char *letter = length_letters[form->unit] ? length_letters[form->unit] : "X";
    int64_t count = form->count;
    count *= form->unit == DSR_UNIT_FORTNIGHT ? 2 : 1;
    if (form->unit == DSR_UNIT_DECADE || form->unit == DSR_UNIT_CENTURY ||
        form->unit == DSR_UNIT_MILLENNIUM) {
        count *= form->unit == DSR_UNIT_DECADE ? 10 : form->unit == DSR_UNIT_CENTURY ? 100 : 1000;
        letter = "Y";
    }
    if (count % 1000 == 0) {
        (void)snprintf(out, room, "P%s%lld%s", time, (long long)(count / 1000), letter);
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        int64_t rest = count % 1000 * parts[i].each;
        if (parts[i].unit == form->unit && rest % 1000 == 0) {
            const char *smaller = length_letters[parts[i].smaller];
            if (count < 1000) {
                (void)snprintf(out, room, "P%s%lld%s", time, (long long)(rest / 1000), smaller);
            } else {
                (void)snprintf(out, room, "P%s%lld%s%lld%s", time, (long long)(count / 1000), letter,
                               (long long)(rest / 1000), smaller);
            }
            return;
        }
    }
    (void)snprintf(out, room, "P%s%lld.%03lld%s", time, (long long)(count / 1000), (long long)(count % 1000),
                   letter);
}

void dsr_time_write_length(const dsr_time_form *form, char *out, size_t room)
{
    const char *letter = length_letters[form->unit];
    if (form->count >= 0) {
        write_count(form, out, room);
        return;
    }
    (void)snprintf(out, room, "P%sX%s", form->unit <= DSR_UNIT_HOUR ? "T" : "", letter ? letter : "X");
}
