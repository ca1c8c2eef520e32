-- Prints what wrk counted on one line: requests, microseconds, failures.
function done(summary)
	local e = summary.errors
	print(summary.requests, summary.duration, e.connect + e.read + e.write + e.timeout)
end
