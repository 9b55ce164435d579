SELECT a[1:USER], a[1:user], a[1: USER], x::USER, ':USER', f(a:=USER);
SELECT :'name', :"name", :{?name}, a[1:'x y'], :other, :5;
SELECT a[1:b$c$], a[1:E'2'], a[1:2], a[1:b], a[1:N'2'];
