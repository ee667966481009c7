-- A ledger as the first version of its tables kept it.
PRAGMA application_id = 1297308250;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE _actions (
            revision INTEGER PRIMARY KEY,
            action TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            params TEXT NOT NULL,
            at TEXT NOT NULL,
            who TEXT NOT NULL
        ) STRICT;
INSERT INTO "_actions" VALUES(1,'00000000-王','store.action.created','{}','2025-12-01T08:01:00.000+00:00','王');
INSERT INTO "_actions" VALUES(2,'00000003-王','test','{}','2025-12-01T08:02:00.000+00:00','王');
INSERT INTO "_actions" VALUES(3,'00000004-王','test','{}','2025-12-01T08:03:00.000+00:00','王');
INSERT INTO "_actions" VALUES(4,'00000005-王','store.action.period','{"period":"2026"}','2025-12-01T08:04:00.000+00:00','王');
CREATE TABLE [_facilities] (
   [id] TEXT NOT NULL,
   [form] TEXT NOT NULL,
   [since] TEXT NOT NULL,
   PRIMARY KEY ([id], [form])
) STRICT;
INSERT INTO "_facilities" VALUES('a','home','2025');
INSERT INTO "_facilities" VALUES('c','home','2025');
CREATE TABLE _log (
            seq INTEGER PRIMARY KEY,
            revision INTEGER NOT NULL REFERENCES _actions (revision),
            kind TEXT NOT NULL,
            form TEXT NOT NULL,
            period TEXT NOT NULL,
            facility TEXT NOT NULL,
            body TEXT NOT NULL,
            digest TEXT,
            hash BLOB NOT NULL
        ) STRICT;
INSERT INTO "_log" VALUES(1,1,'ledger','','','','{"ledger":[null,"00000001-王"],"epoch":[null,"00000002-王"]}',NULL,X'CF5B5D1B4A0098FFF44BBAA36B19F74465ABAA1885BD1E742FAE4833462D382A');
INSERT INTO "_log" VALUES(2,1,'pack','','','','{"pack":[null,"small"],"version":[null,"1.0.0"]}','6bbf1cd9a934f1034d8a0d040e35347d98db4d69a96754527391277dd169d73f',X'EDCB745016D22811ADBD3CC6EAC635BA9D8D7DC93A939584AF473C21CCBF8163');
INSERT INTO "_log" VALUES(3,1,'units','','','','{"310105":[null,"长宁区"],"310105001":[null,"东镇"],"310105002":[null,"西镇"]}','a700163ad6f9c76b7ac2a22fc53e2d10c5cd07ee035b23d3c65cc56d98543ed7',X'9D4B46A24BAFAA72A8484E56D91531754086ADDADE572247269346885C3E8615');
INSERT INTO "_log" VALUES(4,1,'period','','2025','','{"copy_from":[null,null]}',NULL,X'AA1CE7429307EC735C5E102CACCC55D9AFE9F43884250D6CCF6B6336226DB2B3');
INSERT INTO "_log" VALUES(5,1,'record','people','2025','310105','{"_unit":[null,"310105"]}','4f5eadf80b1cd0075f5fbc2d57d17ca39ec08906cd864ee117829658e7d6edc6',X'C00B34A07FBEAC56F94382871A0F45682496BFCB6689C75CFC3DB373B0BD09EA');
INSERT INTO "_log" VALUES(6,1,'record','people','2025','310105001','{"_unit":[null,"310105001"]}','47517de3237d6aef9baad20b5b0aec9072e132053697a6f5d54d318cb2683aa2',X'EFF4EA4785BA1F4B1FBF2AF49492FA455D0778746558A165AAD41A2A8FF64448');
INSERT INTO "_log" VALUES(7,1,'record','people','2025','310105002','{"_unit":[null,"310105002"]}','e480ef72ce07f75b7fb79ce4616fdebc29cf444fc5cbb45a6304968418c95290',X'6F33533C261751685FF8D5D6F3CE87D6851CF41E4F07CF8BD094E1DA4385A9B8');
INSERT INTO "_log" VALUES(8,2,'record','home','2025','a','{"_unit":[null,"310105001"],"name":[null,"甲院"],"beds":[null,10],"area":[null,12.0]}','2c9b3d21c7314abc068de88be7fdcfbb88323e228ad5b8ae8da9e87b1f96bf48',X'072C83B2A6774B89BE63FF0FA41E88FC619878D9989B70F53DB06D86CB08B657');
INSERT INTO "_log" VALUES(9,2,'record','home','2025','c','{"_unit":[null,"310105002"],"name":[null,"丙院"]}','b40718518d57ead707a55ca0c3806f6294dc2e7e65c6102a30de53d77a47a7f6',X'642C95B2C6CA5859DDF91DACE9989160A9F0AE81EFB6E1B4A7DD00FD0394CF3D');
INSERT INTO "_log" VALUES(10,3,'record','home','2025','a','{"beds":[10,12]}','062b0f5ffb47d19a2a9394c40eadb7ecb2fe2e5007e11f756ebf0d1b37e4caa3',X'F6BDDE7D2DFD08172859AF4FF16BF7B3921656193181410EE64E9C5E4EBE36D2');
INSERT INTO "_log" VALUES(11,3,'note','home','2025','a','{"field:beds":["","大修"]}',NULL,X'027411E1689F81749637CC6AB76D5C35163F0C6652DFF390821DFFFC0348F381');
INSERT INTO "_log" VALUES(12,3,'nil','home','2025','310105','{"nil":[false,true]}',NULL,X'CF2DD917E2F79BAC9B1030A2DF0ADF7BE1191F003250A1829D17C09630F38703');
INSERT INTO "_log" VALUES(13,4,'period','','2026','','{"copy_from":[null,"2025"]}',NULL,X'52B3AA636D3C0680E775B3EC9D8C5C7B92A1141356F6D78DD1A7B603AF365DDB');
INSERT INTO "_log" VALUES(14,4,'record','people','2026','310105','{"_unit":[null,"310105"]}','16d7ecac42c8aad922cbdf99105b4971741ae2f6fee24158c17185a590ff74e3',X'86ADCE1C2E05DFC4D5A5110443AF6BED757DAA26ACBE0696B6EFC93D5B1E35E1');
INSERT INTO "_log" VALUES(15,4,'record','people','2026','310105001','{"_unit":[null,"310105001"]}','e76dc25bab31e3644bbc642145939e4cc49ea9dfeef3697f938ccec30a2c7ce1',X'9A8AB412B1FF3B405EA8F6C9AECA04313DFC9364CCDB980A7446F9E407220570');
INSERT INTO "_log" VALUES(16,4,'record','people','2026','310105002','{"_unit":[null,"310105002"]}','54752f6417571ec26ba5488641f2bed94515e630bc8ecadddb475c851dd7123f',X'6DCF7AC1A61ABD6F35DC5CB7FD1D40E6409329626619D36809D5B1C9B947EFFB');
INSERT INTO "_log" VALUES(17,4,'record','home','2026','a','{"_unit":[null,"310105001"],"name":[null,"甲院"]}','d25bee2a66a1c20164135398f3367aa699d951c117732448114676a4e4399c08',X'D814F758B1782B3C53CDF42BFAE88503966ACE18C2F3B054B89636A049C05F97');
INSERT INTO "_log" VALUES(18,4,'record','home','2026','c','{"_unit":[null,"310105002"],"name":[null,"丙院"]}','a6b27e66c3cf04979861b4e4aa6ec9a2531fad9a5d90cc463d8a279fd9167db5',X'4E5C8F066EC8DF138BCF70C808B5B5F563129780AEDA3273936865D76A46DD98');
CREATE TABLE [_meta] (
   [key] TEXT PRIMARY KEY NOT NULL,
   [value] TEXT NOT NULL
) STRICT;
INSERT INTO "_meta" VALUES('ledger','00000001-王');
INSERT INTO "_meta" VALUES('epoch','00000002-王');
CREATE TABLE _migrations (name TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL) STRICT;
INSERT INTO "_migrations" VALUES('0001_ledger','2025-12-01T08:01:00.000+00:00');
CREATE TABLE [_nil] (
   [form] TEXT NOT NULL,
   [period] TEXT NOT NULL,
   [unit] TEXT NOT NULL,
   PRIMARY KEY ([form], [period], [unit])
) STRICT;
INSERT INTO "_nil" VALUES('home','2025','310105');
CREATE TABLE [_notes] (
   [form] TEXT NOT NULL,
   [period] TEXT NOT NULL,
   [facility] TEXT NOT NULL,
   [topic] TEXT NOT NULL,
   [text] TEXT NOT NULL,
   PRIMARY KEY ([form], [period], [facility], [topic])
) STRICT;
INSERT INTO "_notes" VALUES('home','2025','a','field:beds','大修');
CREATE TABLE [_packs] (
   [id] INTEGER PRIMARY KEY NOT NULL,
   [pack] TEXT NOT NULL,
   [version] TEXT NOT NULL,
   [digest] TEXT NOT NULL,
   [text] TEXT NOT NULL
) STRICT;
INSERT INTO "_packs" VALUES(1,'small','1.0.0','6bbf1cd9a934f1034d8a0d040e35347d98db4d69a96754527391277dd169d73f','{"forms":[{"domain":"elderly_care","groups":[{"fields":[{"id":"name","kind":"text","title":"名称"},{"id":"beds","kind":"integer","title":"床位数"},{"digits":2,"id":"area","kind":"decimal","title":"面积"},{"choices":["一级","二级"],"id":"level","kind":"choice","title":"等级"},{"choices":["餐","医"],"id":"services","kind":"choices","title":"服务"},{"id":"order","kind":"date","title":"开业"},{"id":"public","kind":"yes_no","title":"公办"},{"id":"town","kind":"unit","title":"所在"},{"id":"code","kind":"credit_code","title":"代码"},{"id":"phone","kind":"telephone","title":"电话"},{"computed":"beds * 2","id":"double","kind":"integer","title":"两倍"},{"binds":"unit.code","id":"in_code","kind":"text","title":"单位"},{"binds":"unit.name","id":"in_name","kind":"text","title":"单位名"},{"binds":"unit.parent","id":"in_parent","kind":"text","title":"上级"},{"binds":"unit.class","id":"in_class","kind":"text","title":"类别"},{"binds":"period.year","id":"in_year","kind":"integer","title":"年"}],"title":"全部"}],"id":"home","kind":"roster","name":"name","record":"每个机构一条","title":"机构"},{"domain":"community","every_unit":true,"groups":[{"fields":[{"id":"count","kind":"integer","title":"人数"}],"title":"全部"}],"id":"people","kind":"unit","record":"每个单位一条","title":"人口"}],"id":"small","period_kind":"year","plan":{"ends":2025,"file":"x.txt","level":"county","region":"区","starts":2021,"title":"方案"},"region":null,"report":{"title":"报告"},"title":"小","version":"1.0.0"}');
CREATE TABLE [_periods] (
   [code] TEXT PRIMARY KEY NOT NULL,
   [revision] INTEGER NOT NULL
) STRICT;
INSERT INTO "_periods" VALUES('2025',1);
INSERT INTO "_periods" VALUES('2026',4);
CREATE TABLE _unit_tree (
            ancestor TEXT NOT NULL REFERENCES _units (code),
            descendant TEXT NOT NULL REFERENCES _units (code),
            PRIMARY KEY (ancestor, descendant)
        ) STRICT, WITHOUT ROWID;
INSERT INTO "_unit_tree" VALUES('310105','310105');
INSERT INTO "_unit_tree" VALUES('310105','310105001');
INSERT INTO "_unit_tree" VALUES('310105001','310105001');
INSERT INTO "_unit_tree" VALUES('310105','310105002');
INSERT INTO "_unit_tree" VALUES('310105002','310105002');
CREATE TABLE _units (
            code TEXT PRIMARY KEY NOT NULL,
            name TEXT NOT NULL,
            parent TEXT,
            level TEXT NOT NULL,
            class TEXT NOT NULL,
            virtual INTEGER NOT NULL CHECK (virtual IN (0, 1)),
            place INTEGER NOT NULL
        ) STRICT;
INSERT INTO "_units" VALUES('310105','长宁区',NULL,'county','县(市、区)',0,0);
INSERT INTO "_units" VALUES('310105001','东镇','310105','township','乡镇',0,1);
INSERT INTO "_units" VALUES('310105002','西镇','310105','township','乡镇',0,2);
CREATE TABLE "home" (_id INTEGER PRIMARY KEY, _period TEXT NOT NULL REFERENCES _periods (code), _facility TEXT NOT NULL, _unit TEXT NOT NULL REFERENCES _units (code), _states TEXT, _revision INTEGER NOT NULL, _pack INTEGER NOT NULL REFERENCES _packs (id), _digest TEXT NOT NULL, "name" TEXT, "beds" INTEGER, "area" REAL, "level" TEXT, "services" TEXT, "order" TEXT, "public" INTEGER CHECK ("public" IN (0, 1)), "town" TEXT, "code" TEXT, "phone" TEXT, "double" INTEGER GENERATED ALWAYS AS (("beds" * 2)) VIRTUAL, UNIQUE (_period, _facility)) STRICT;
INSERT INTO "home" VALUES(1,'2025','a','310105001',NULL,3,1,'062b0f5ffb47d19a2a9394c40eadb7ecb2fe2e5007e11f756ebf0d1b37e4caa3','甲院',12,12.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "home" VALUES(2,'2025','c','310105002',NULL,2,1,'b40718518d57ead707a55ca0c3806f6294dc2e7e65c6102a30de53d77a47a7f6','丙院',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "home" VALUES(3,'2026','a','310105001',NULL,4,1,'d25bee2a66a1c20164135398f3367aa699d951c117732448114676a4e4399c08','甲院',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "home" VALUES(4,'2026','c','310105002',NULL,4,1,'a6b27e66c3cf04979861b4e4aa6ec9a2531fad9a5d90cc463d8a279fd9167db5','丙院',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE "people" (_id INTEGER PRIMARY KEY, _period TEXT NOT NULL REFERENCES _periods (code), _facility TEXT NOT NULL, _unit TEXT NOT NULL REFERENCES _units (code), _states TEXT, _revision INTEGER NOT NULL, _pack INTEGER NOT NULL REFERENCES _packs (id), _digest TEXT NOT NULL, "count" INTEGER, UNIQUE (_period, _facility)) STRICT;
INSERT INTO "people" VALUES(1,'2025','310105','310105',NULL,1,1,'4f5eadf80b1cd0075f5fbc2d57d17ca39ec08906cd864ee117829658e7d6edc6',NULL);
INSERT INTO "people" VALUES(2,'2025','310105001','310105001',NULL,1,1,'47517de3237d6aef9baad20b5b0aec9072e132053697a6f5d54d318cb2683aa2',NULL);
INSERT INTO "people" VALUES(3,'2025','310105002','310105002',NULL,1,1,'e480ef72ce07f75b7fb79ce4616fdebc29cf444fc5cbb45a6304968418c95290',NULL);
INSERT INTO "people" VALUES(4,'2026','310105','310105',NULL,4,1,'16d7ecac42c8aad922cbdf99105b4971741ae2f6fee24158c17185a590ff74e3',NULL);
INSERT INTO "people" VALUES(5,'2026','310105001','310105001',NULL,4,1,'e76dc25bab31e3644bbc642145939e4cc49ea9dfeef3697f938ccec30a2c7ce1',NULL);
INSERT INTO "people" VALUES(6,'2026','310105002','310105002',NULL,4,1,'54752f6417571ec26ba5488641f2bed94515e630bc8ecadddb475c851dd7123f',NULL);
CREATE INDEX _unit_above ON _unit_tree (descendant);
CREATE INDEX _log_of_record ON _log (facility, form, period);
CREATE TRIGGER _actions_no_update BEFORE UPDATE ON _actions BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END;
CREATE TRIGGER _actions_no_delete BEFORE DELETE ON _actions BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END;
CREATE TRIGGER _log_no_update BEFORE UPDATE ON _log BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END;
CREATE TRIGGER _log_no_delete BEFORE DELETE ON _log BEGIN SELECT RAISE(ABORT, 'the change log only grows'); END;
CREATE INDEX "home_by_unit" ON "home" (_period, _unit);
CREATE INDEX "people_by_unit" ON "people" (_period, _unit);
COMMIT;
