/*
 * The likely causes of a wrong answer, in the words in which a reader is told them. Whoever edits
 * them changes what is told, not when: that is in judge/why.c and judge/form.c. %s is some text and
 * %zu a number that the judge puts in. Each is on one line, however long, so
 * that it can be edited without a thought on where to break it.
 */
/* clang-format off */
#ifndef ANSWERS_H
#define ANSWERS_H

/* ---- how the conversation ended -------------------------------------------------------------- */

static const char server_ended_itself[] =
	"the server itself ended, with %s";

static const char not_listening[] =
	"no connection could be made (%s): the server runs, but does not listen on the port that it names, or listens no more";

static const char not_accepted[] =
	"no connection came about: the server accepts no more clients, and those who may wait until it does are too few (the second argument of listen)";

static const char reset_after_first_piece[] =
	"the connection was reset: the first piece was taken for all of the request, and the rest came to a server that had closed; one recv is not one request";

static const char reset_by_long_request[] =
	"the connection was reset: the server closed it with octets of the request unread; is its buffer, or its one recv, too small for this request?";

static const char reset_before_answer[] =
	"the connection was reset before a single octet came back: the server closed it with octets of the client unread; shut your sending side down, read to the end, then close";

static const char reset_after_answer[] =
	"the connection was reset after these octets: the server closed it with octets of the client unread; shut your sending side down, read to the end, then close";

static const char pieces[] =
	"the request came in pieces, and was never seen as a whole: one recv is not one request, so keep all that has come, and look for the empty line in that, not in the last piece";

static const char nothing_in_time[] =
	"not one octet came back in time: the server waits for more than was sent, has not flushed what it wrote, or never looks at this client";

static const char nul_hides_the_end[] =
	"nothing came back in time: the request has a NUL in it, at which functions for C strings, such as strstr(), end; look for its end by its length";

static const char lf_hides_the_end[] =
	"nothing came back in time: a line of the request ends in LF alone, and the server goes on waiting for CR LF; refuse it as soon as the LF has come";

static const char no_end_in_time[] =
	"these octets came, and then neither more nor the end: the server waits for more than was sent, announced more than it sends, or forgets to close";

static const char end_not_said[] =
	"the whole answer came, but not its end: the server neither closes nor shuts down its sending side, so the client goes on waiting";

static const char pipelined_lost[] =
	"a request that came along with another got no answer: it is still in the buffer, or lost; look there before you wait for more";

static const char flood_after_head[] =
	"content comes without end: the response to HEAD has none, whatever its status is";

static const char flood_repeats[] =
	"the same octets come again and again: are they taken from the buffer when they have been sent, or does a loop not end?";

static const char flood[] =
	"far more comes than was asked for, and no end";

static const char half_close_taken_for_leaving[] =
	"the server closed the connection without an answer: a client that half-closes only says that it sends no more; it has not left, and reads on";

static const char closed_without_answer[] =
	"the server closed the connection without an answer: it took the request for unfinished, or gave up on it, or did not flush what it wrote; or an error ended the thread or process that served it";

static const char end_missing[] =
	"the end, which alone is due, did not come: recv returns 0 when the client has sent its last octet; then close";

/* ---- the form of a response ------------------------------------------------------------------ */

static const char cr_twice[] =
	"CR stands twice before LF: every line ends in CR LF, \\r\\n; does something turn the \\n of your \\r\\n into \\r\\n again, such as a file that was opened for text?";

static const char control_character[] =
	"a control character stands in the head";

static const char empty_line_missing[] =
	"an empty line, \\r\\n, is missing before this: it ends the head, and the content comes after it";

static const char bare_lf[] =
	"a line of the head ends in LF alone: every line ends in CR LF, \\r\\n";

static const char version_is_1_0[] =
	"the version is 1.0: a server that speaks HTTP/1.1 says so in each response, whatever the client's version is";

static const char no_status_line[] =
	"the first line is no status line: HTTP/1.1, a space, three digits, a space, a phrase, CR LF";

static const char no_empty_line[] =
	"no empty line ends the head";

static const char no_field_line[] =
	"this is no field line: a name, a colon right after it, a value, CR LF";

static const char fields_missing[] =
	"these fields are missing: %s";

static const char date_missing[] =
	"Date is missing: a server that has a clock sends it with every response";

static const char date_malformed[] =
	"Date must be there once, and look like Sun, 06 Nov 1994 08:49:37 GMT, day with two digits";

static const char last_modified_malformed[] =
	"Last-Modified must be there once, and look like Sun, 06 Nov 1994 08:49:37 GMT, 29 characters; a day below ten has two digits";

static const char second_response[] =
	"a second response begins here, and only one is due: who has sent an error must return, and not go on to the page";

static const char length_with_204[] =
	"204 says already that there is no content: no Content-Length may be there, not even 0";

static const char content_after_head[] =
	"%zu octets of content came: the response to HEAD has none, whatever its status is";

static const char content_with_304[] =
	"%zu octets of content came, where none may come: the client has them already, which is what 304 says";

static const char content_undue[] =
	"%zu octets of content came, where none may come";

static const char length_missing[] =
	"Content-Length is missing: how is the client to know where the content ends?";

static const char length_malformed[] =
	"Content-Length must be there once, and be digits, nothing else: the number of octets";

static const char length_of_characters[] =
	"Content-Length is %zu, but %zu octets came: it counts octets, not characters";

static const char length_before_coding[] =
	"Content-Length is %zu, but %zu octets came: where the content is compressed, it counts the octets that are left then";

static const char length_too_large[] =
	"Content-Length is %zu, but only %zu octets of content came: a send may take fewer than it is given, and strlen() ends at the first NUL; go on with the rest";

static const char length_differs[] =
	"Content-Length is %zu, but %zu octets of content came";

static const char field_missing[] =
	"%s is missing";

static const char field_must_be_absent[] =
	"%s must be absent";

static const char field_several_times[] =
	"%s is there %zu times, and must be there once";

static const char field_differs[] =
	"%s is \"%s\"; it must be %s%s";

static const char allow_malformed[] =
	"Allow is \"%s\"; it must name methods, with commas between them, and nothing else: GET, HEAD, OPTIONS";

/* ---- another status than the one that is due ------------------------------------------------- */

static const char status_beside_form[] =
	"--- and: the status is %d, where %s is due";

static const char first_piece_is_all[] =
	"the server took the first piece for all of the request: one recv is not one request";

static const char malformed_taken_for_good[] =
	"the server took a malformed request for a good one";

static const char stricter[] =
	"the server refused a good request: it is stricter than the contract";

static const char time_differs[] =
	"the time was measured in another way: see the deadlines in the contract";

static const char method_unknown[] =
	"501 says that the server does not know the method: how is it compared?";

static const char method_fell_through[] =
	"the method fell through to the search for the path: look at the method, too";

static const char path_not_found[] =
	"the server did not find what the path names: was the path taken apart, or decoded, as the contract says?";

static const char absolute_form[] =
	"the target names a scheme and a host, as a client of a proxy sends it: any server must take that; what comes after the host is the path";

static const char found_something[] =
	"the server found something where nothing may be found";

static const char condition_ignored[] =
	"the client told in If-None-Match or If-Modified-Since what it has, and that is still right: was the field read, and compared, a date as a time?";

static const char condition_not_refused[] =
	"a condition, If-Match or If-Unmodified-Since, does not hold: was the field read, and compared?";

static const char condition_obeyed[] =
	"what the client has is not what is there, or its condition is none: then the whole file is due";

static const char range_ignored[] =
	"the whole file came: is Range read at all, or not in this form?";

static const char range_obeyed[] =
	"this range means nothing, being malformed, of another unit, one of several, or not with this method: then it is as if there were none";

static const char range_outside[] =
	"the range begins past the end of the file, or is of no octets: there is nothing to send, which 416 says";

static const char found_forbidden[] =
	"403 says that it is there, and not for you: a path that leads out, or nowhere, is not found";

static const char what_follows_is_read[] =
	"a good request was refused: was what came after the end of its head, content or another request, taken for a part of it?";

static const char failed_on_request[] =
	"the server failed on a request that it should have %s";

static const char another_status[] =
	"the server decided for %d; the contract's row says when %s is due";

/*
 * What can be wrong with a request that is due such a status: the first whose expression matches
 * the request's head, as a test writes it (its escapes are not yet octets), is told. 0 is any
 * error. With 400, upper and lower case are the same. No words: it is not this, and nothing after
 * it either.
 */
static const struct {
	int due;
	const char *expression, *words;
} flaws[] = {
	{0, "^[^ ]+ [^ ]*([.]|%2[eE])([.]|%2[eE])", "the path leads outside of the site, and the server followed it"},
	{501, "^[^ ]*[a-z]", "in a method, upper and lower case differ: get is not GET"},
	{501, "Transfer-Encoding", ""}, /* it is not about the method */
	{501, "", "a method that the server has never heard of was taken for one that it knows"},
	{505, "", "the version begins with another number than 1: that is another protocol"},
	{431, "", "the head has no limit, or a higher one: who sends field lines without end fills the memory"},
	{414, "", "the request line has no limit, or a higher one: who sends one without end fills the memory"},
	{400, "\\\\n( |\\\\t)", "a line begins with white space: it was taken for a part of the line above it, or the white space was cut off"},
	{400, "\\\\n[^:]*( |\\\\t):", "white space stands before the colon, and was cut off the name"},
	{400, "(^|[^r])\\\\n|[^\\]r\\\\n", "a line ends in LF alone, where CR LF is due"},
	{400, "\\\\n:", "a field line begins with its name, and this one has none"},
	{400, "\\\\n[^:\\]+\\\\r", "a field line has a colon after its name, and this one has none"},
	{400, "\\\\r(\\\\[^n]|[^\\]|$)", "CR stands within a line: it ends none without LF after it"},
	{400, "^[A-Z]+ [^ ]*\\\\\\\\", "a backslash is none of the characters that a target may have, and browsers take it for a slash"},
	{400, "\\\\(0|x0|x1|x7f)", "a control character was taken for one that means nothing"},
	{400, "^[A-Z]+ [^ ?]*%([^0-9A-Fa-f]|.[^0-9A-Fa-f])", "in a path, a percent sign has two hexadecimal digits after it, or means nothing"},
	{400, "\\\\nhost *:.*\\\\nhost *:", "Host is there twice: which of them is meant?"},
	{400, "\\\\nhost: *(:|[^ \\]*:[^ \\]*[^0-9 \\]|[^ \\]*[^-A-Za-z0-9.: \\]|[^ \\]+ +[^ \\])", "what Host says is no host with at most a port after it"},
	{400, "\\\\nhost *:", ""}, /* it is there, so what follows isn't the reason */
	{400, "HTTP/1[.][1-9]\\\\r", "there is no Host field, which HTTP/1.1 demands"},
	{200, "^\\\\r\\\\n", "empty lines before the request line are passed over: some clients send one after their content"},
	{200, "HTTP/1[.][2-9]", "the second number of the version changes nothing: HTTP/1.9 is taken as HTTP/1.1"},
	{200, "\\\\n(host|HOST|hOST):", "a field's name is the same in upper and lower case: host is Host"},
	{200, "( |\\\\t)\\\\r\\\\n|:( |\\\\t)*\\\\t", "white space around a field's value, spaces and tabs, is no part of it"},
};

/* ---- other octets than those that are due ---------------------------------------------------- */

static const char undue[] =
	"something came where nothing is due";

static const char undue_without_head[] =
	"something came, though the head was not whole: the client ended its side before the empty line, and that is no request";

static const char line_undue[] =
	"a line %.*s came, where none is due: not every target has one";

static const char nul_missing[] =
	"the NUL that is due here is missing: what is received is no C string; take its length from recv, not from strlen";

static const char nul_undue[] =
	"a NUL came where none is due: has the end of a C string been sent, or a buffer beyond what was received?";

static const char too_few[] =
	"the reply ends too early: what is due here was lost, or kept back, or the connection was closed before it was sent";

static const char too_many[] =
	"more came than is due";

static const char lf_for_crlf[] =
	"a line ends in LF alone, where CR LF is due";

static const char crlf_for_lf[] =
	"a line ends in CR LF, where LF alone is due";

static const char good_refused[] =
	"a good request was refused with \"%.*s\": is this said of the right piece of it?";

static const char value_of_another[] =
	"this is what is due as %.*s: the words are taken in another order than that in which they come";

static const char octet_differs[] =
	"the octet above the caret is another; the line must be: %.*s";

static const char content_differs[] =
	"octet %zu is another";

static const char content_goes_on[] =
	"%zu octets too many follow";

static const char content_ends_at_nul[] =
	"it ends where the file has its first NUL: octets are no string, so keep their length";

static const char range_one_short[] =
	"it ends one octet too early: the last position is part of the range, so that 0-9 are ten octets";

static const char content_ends[] =
	"it ends after %zu of its %zu octets: a send may take fewer than it is given; go on with the rest";

static const char content_taken_for_request[] =
	"the content of a request was taken for the next request: an attacker can hide one there";

static const char responses_differ[] =
	"%zu responses came, where %zu are due; the first difference is in response %zu";

static const char response_differs[] =
	"response %zu has status %.3s, where %.3s is due";

static const char answers_end[] =
	"%zu of %zu came, and then none: the request after them is still in the buffer, or was lost, or taken for content";

static const char answers_undue[] =
	"more came than is due: an answer to what is no request, or content where none may be: %.100s";

static const char answers_in_disorder[] =
	"they came in another order, or one of them is missing: number %zu is %c";

static const char something_else[] =
	"it is something else";

#endif
