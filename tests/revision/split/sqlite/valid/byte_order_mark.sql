SELECT 1;
SELECT '﻿ ' AS " " --  
, 2 AS café;
