/* Running out of memory on demand. The linker hands malloc, calloc and realloc of the program to these
 * (-Wl,--wrap=...); one source of a program includes this. */
#ifndef DSR_TEST_NO_MEMORY_H
#define DSR_TEST_NO_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long calls_left = -1; /* before every further call fails; negative: none fails */

static bool may_have(void)
{
    if (calls_left > 0)
        calls_left--;
    else if (calls_left == 0)
        return false;
    return true;
}

void *__wrap_malloc(size_t size)
{
    return may_have() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
    return may_have() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *old, size_t size)
{
    return may_have() ? __real_realloc(old, size) : NULL;
}

#endif
