SELECT 1;
SELECT '﻿ ', " " --  
, café FROM straße;
