--[[
  Appends facts of one source to a shard: drops what was told before, numbers the rest per branch.

  Input:  KEYS[1] set of facts seen today        KEYS[2] set of facts seen yesterday
          KEYS[3] hash branch -> last version    KEYS[4] stream of the shard
          ARGV[1] source   ARGV[2] received at (epoch ms)   ARGV[3] life of the set of today (s)
          then for each branch: branch, count, and count times: id of the fact, its JSON
  Output: two lists: for each fact in order 1 when it was new, 0 when it was known;
          for each entry that was written: which branch of the input (1 …), its id, the version of its first fact.
  Emits:  one stream entry a branch: b branch, s source, r received at, v version of its first fact, e JSON array.
]]
local source, received_at, life = ARGV[1], ARGV[2], ARGV[3]
local answers, written = {}, {}
local nth = 0
local i = 4

while i <= #ARGV do
  local branch, count = ARGV[i], tonumber(ARGV[i + 1])
  nth = nth + 1
  local members = {}
  for k = 1, count do
    members[k] = branch .. '\n' .. source .. '\n' .. ARGV[i + 2 * k]
  end
  local today = redis.call('SMISMEMBER', KEYS[1], unpack(members))
  local yesterday = redis.call('SMISMEMBER', KEYS[2], unpack(members))
  local fresh, facts, here = {}, {}, {}
  for k = 1, count do
    local member = members[k]
    if today[k] == 1 or yesterday[k] == 1 or here[member] then
      answers[#answers + 1] = 0
    else
      here[member] = true
      fresh[#fresh + 1] = member
      facts[#facts + 1] = ARGV[i + 2 * k + 1]
      answers[#answers + 1] = 1
    end
  end
  if #fresh > 0 then
    redis.call('SADD', KEYS[1], unpack(fresh))
    local first = redis.call('HINCRBY', KEYS[3], branch, #fresh) - #fresh + 1
    local id = redis.call('XADD', KEYS[4], '*', 'b', branch, 's', source, 'r', received_at,
      'v', first, 'e', '[' .. table.concat(facts, ',') .. ']')
    written[#written + 1] = { nth, id, first }
  end
  i = i + 2 + 2 * count
end

if #written > 0 and redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], life) end
return { answers, written }
