-- Sixteen requests in one write, and the report.
local sixteen

function init()
	sixteen = string.rep(wrk.format(), 16)
end

function request()
	return sixteen
end

function done(summary)
	local e = summary.errors
	print(summary.requests, summary.duration, e.connect + e.read + e.write + e.timeout)
end
