# wrong: closes without reading what the client still sends; fails 3.37
# told: reset
import server
from part3 import answer

server.finish = lambda client: None
server.serve_requests("http", answer)
