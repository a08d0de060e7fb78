<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>landreview</name>
        <message>
            <source> days old</source>
            <translation>天</translation>
        </message>
        <message>
            <source> m</source>
            <translation> 米</translation>
        </message>
        <message>
            <source> m²</source>
            <translation> 平方米</translation>
        </message>
        <message>
            <source> working days</source>
            <translation> 个工作日</translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) archived</source>
            <translation>
                <numerusform>已归档%n个案卷</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) came in</source>
            <translation>
                <numerusform>收到%n个案卷</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) taken in. Bring the receipts back: {}</source>
            <translation>
                <numerusform>已接收%n个案卷，请将回执文件带回：{}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n field(s) left to choose</source>
            <translation>
                <numerusform>还有%n项未选择</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hand-over(s) received</source>
            <translation>
                <numerusform>%n个案卷对方已收件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hand-over(s) refused</source>
            <translation>
                <numerusform>%n个移交被退回</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hand-over(s) wait</source>
            <translation>
                <numerusform>%n个移交等待发送</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hand-over(s) written to {}. They count as received with the receipt.</source>
            <translation>
                <numerusform>已将%n个待移交案卷写入{}。收到回执后才算已收件。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n layer(s) brought up to date.</source>
            <translation>
                <numerusform>已更新%n个图层。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n loose file(s) removed</source>
            <translation>
                <numerusform>已清除%n个无主文件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n open case(s), {} MB</source>
            <translation>
                <numerusform>在办案卷%n个，{} MB</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n receipt(s) entered</source>
            <translation>
                <numerusform>已登记%n份回执</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n reference layer(s) added</source>
            <translation>
                <numerusform>已添加%n个参考图层</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Address</source>
            <translation>地址(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Applicant</source>
            <translation>申请人(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Archive done cases…</source>
            <translation>归档已办结案卷(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Back up…</source>
            <translation>备份(&amp;B)…</translation>
        </message>
        <message>
            <source>&amp;Check</source>
            <translation>检查(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Corrections asked</source>
            <translation>补正要求(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Data</source>
            <translation>有数据(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Edit…</source>
            <translation>编辑(&amp;E)…</translation>
        </message>
        <message>
            <source>&amp;Filter</source>
            <translation>筛选(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>文件夹(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Jurisdiction code</source>
            <translation>行政区代码(&amp;J)</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>姓名(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Note</source>
            <translation>说明(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Once more</source>
            <translation>再输一次(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Passphrase</source>
            <translation>口令(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Profile</source>
            <translation>单位设置(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Project</source>
            <translation>项目名称(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Reason</source>
            <translation>理由(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Reference date</source>
            <translation>审查基准日(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Role</source>
            <translation>角色(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Signed: there is none here</source>
            <translation>签字声明：本地没有(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>测试(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Test connection</source>
            <translation>测试连接(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Tidy</source>
            <translation>清理(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Unit of areas</source>
            <translation>面积单位(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Workspace</source>
            <translation>案卷库(&amp;W)</translation>
        </message>
        <message>
            <source>(about {} s left)</source>
            <translation>（约剩{}秒）</translation>
        </message>
        <message>
            <source>(none)</source>
            <translation>（无）</translation>
        </message>
        <message>
            <source>(not answered)</source>
            <translation>（未回答）</translation>
        </message>
        <message>
            <source>(nothing)</source>
            <translation>（无）</translation>
        </message>
        <message>
            <source>&lt;b&gt;{}&lt;/b&gt; ({})&lt;br&gt;usually named {}</source>
            <translation>&lt;b&gt;{}&lt;/b&gt;（{}）&lt;br&gt;常用图层名：{}</translation>
        </message>
        <message>
            <source>A case is judged by the newest data that are not later than its reference date</source>
            <translation>案卷按不晚于审查基准日的最新数据审查</translation>
        </message>
        <message>
            <source>A layer of the project</source>
            <translation>工程中的图层</translation>
        </message>
        <message>
            <source>A surveyor's file…</source>
            <translation>测绘单位的文件…</translation>
        </message>
        <message>
            <source>A test is at work</source>
            <translation>正在测试</translation>
        </message>
        <message>
            <source>Accept as correction</source>
            <translation>采纳为补正</translation>
        </message>
        <message>
            <source>Accept the application: the clock starts on the next working day</source>
            <translation>受理申请，自下一工作日起计时</translation>
        </message>
        <message>
            <source>Accept the repair: {}</source>
            <translation>确认处理：{}</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>受理</translation>
        </message>
        <message>
            <source>Add a ne&amp;wer one</source>
            <translation>增加新版数据(&amp;W)</translation>
        </message>
        <message>
            <source>Add files to the selected material</source>
            <translation>为所选要件添加文件</translation>
        </message>
        <message>
            <source>Add files…</source>
            <translation>添加文件…</translation>
        </message>
        <message>
            <source>Add reference layers to the project</source>
            <translation>将参考图层添加到工程</translation>
        </message>
        <message>
            <source>Add up by</source>
            <translation>汇总方式</translation>
        </message>
        <message>
            <source>Add up the areas</source>
            <translation>汇总面积</translation>
        </message>
        <message>
            <source>Address of a dask scheduler, for more than one machine</source>
            <translation>dask 调度器地址（多台机器时）</translation>
        </message>
        <message>
            <source>Address of the centre</source>
            <translation>数据中心地址</translation>
        </message>
        <message>
            <source>After</source>
            <translation>补正后</translation>
        </message>
        <message>
            <source>After ({})</source>
            <translation>补正后（{}）</translation>
        </message>
        <message>
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>所有文件</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>All from here</source>
            <translation>全部采用本机</translation>
        </message>
        <message>
            <source>All from the centre</source>
            <translation>全部采用中心</translation>
        </message>
        <message>
            <source>All lights</source>
            <translation>全部时限状态</translation>
        </message>
        <message>
            <source>All questions are answered.</source>
            <translation>问题已全部回答。</translation>
        </message>
        <message>
            <source>All types</source>
            <translation>全部类型</translation>
        </message>
        <message>
            <source>All verdicts</source>
            <translation>全部结论</translation>
        </message>
        <message>
            <source>Allowed uses, separated by commas</source>
            <translation>允许的规划用途，以逗号分隔</translation>
        </message>
        <message>
            <source>Also take off its other prohibitions ({})</source>
            <translation>同时去除该地块其余禁止类冲突（{}项）</translation>
        </message>
        <message>
            <source>An address starts with https://</source>
            <translation>地址应以https://开头</translation>
        </message>
        <message>
            <source>Another boundary that leaves the forbidden land out</source>
            <translation>另行拟定界线，避开禁止占用的土地</translation>
        </message>
        <message>
            <source>Another of these is at work: see the status bar</source>
            <translation>另一项操作正在进行，见状态栏</translation>
        </message>
        <message>
            <source>Another project was opened: the layers were not added.</source>
            <translation>已打开其他工程：未添加图层。</translation>
        </message>
        <message>
            <source>Answer to {}</source>
            <translation>问题{}的答复</translation>
        </message>
        <message>
            <source>Answers to the pack's questions</source>
            <translation>规则包问题的答复</translation>
        </message>
        <message>
            <source>Applicant</source>
            <translation>申请单位</translation>
        </message>
        <message>
            <source>Apply the other path first</source>
            <translation>请先应用新的路径</translation>
        </message>
        <message numerus="yes">
            <source>Archive %n case(s)? They leave the list and can be searched for.</source>
            <translation>
                <numerusform>归档%n个案卷？归档后不再列出，但可以搜索到。</numerusform>
            </translation>
        </message>
        <message>
            <source>Archive done cases</source>
            <translation>归档已办结案卷</translation>
        </message>
        <message>
            <source>Archive {}</source>
            <translation>归档{}</translation>
        </message>
        <message>
            <source>Archived</source>
            <translation>归档</translation>
        </message>
        <message>
            <source>Archived cases</source>
            <translation>已归档案卷</translation>
        </message>
        <message>
            <source>Area ({})</source>
            <translation>面积（{}）</translation>
        </message>
        <message>
            <source>Area after</source>
            <translation>裁剪后面积</translation>
        </message>
        <message>
            <source>Area before</source>
            <translation>裁剪前面积</translation>
        </message>
        <message>
            <source>Area by class</source>
            <translation>按地类统计面积</translation>
        </message>
        <message>
            <source>Area in conflict (m²)</source>
            <translation>冲突面积（平方米）</translation>
        </message>
        <message>
            <source>Area lost</source>
            <translation>减少面积</translation>
        </message>
        <message>
            <source>Area lost (m²)</source>
            <translation>减少面积（平方米）</translation>
        </message>
        <message>
            <source>Area method</source>
            <translation>面积计算方法</translation>
        </message>
        <message>
            <source>Areas</source>
            <translation>面积</translation>
        </message>
        <message>
            <source>Areas by class</source>
            <translation>分地类面积</translation>
        </message>
        <message>
            <source>Areas by land class come with the review.</source>
            <translation>审查完成后在此列出分类面积。</translation>
        </message>
        <message>
            <source>Areas of each parcel by the values of CLASS_FIELD, in m². AREA_METHOD says how they are measured: on the parcels' plane, or on the ellipsoid (Gauss-Krüger planes only). UNCOVERED_AREA is the land of the parcels that no reference polygon covers. Invalid reference polygons are mended on a copy and listed; where one can't be mended the algorithm stops and names it.</source>
            <translation>按 CLASS_FIELD 的取值统计各地块面积，单位平方米。AREA_METHOD 指定面积计算方法：地块所在平面，或椭球面（仅限高斯-克吕格平面）。UNCOVERED_AREA 为没有任何参考图斑覆盖的地块面积。无效的参考图斑在副本上修复并逐一列出；无法修复的，算法停止并指明该图斑。</translation>
        </message>
        <message>
            <source>As declared in the settings, and so logged</source>
            <translation>按设置中声明的身份签署并记入日志</translation>
        </message>
        <message>
            <source>Asking the data centre…</source>
            <translation>正在询问数据中心…</translation>
        </message>
        <message>
            <source>At &amp;most</source>
            <translation>时效上限(&amp;M)</translation>
        </message>
        <message>
            <source>At the centre</source>
            <translation>数据中心</translation>
        </message>
        <message>
            <source>Attached</source>
            <translation>添加附件</translation>
        </message>
        <message>
            <source>Attached to {}</source>
            <translation>添加附件（{}）</translation>
        </message>
        <message>
            <source>Attachments</source>
            <translation>附件</translation>
        </message>
        <message>
            <source>Attachments: drop files here</source>
            <translation>附件：将文件拖到这里</translation>
        </message>
        <message>
            <source>Axes</source>
            <translation>坐标轴</translation>
        </message>
        <message>
            <source>Back to the cases</source>
            <translation>返回案卷列表</translation>
        </message>
        <message>
            <source>Back to the list</source>
            <translation>返回列表</translation>
        </message>
        <message>
            <source>Back to the list (Esc)</source>
            <translation>返回列表（Esc）</translation>
        </message>
        <message>
            <source>Back up the case store</source>
            <translation>备份案卷库</translation>
        </message>
        <message>
            <source>Backed up to {}</source>
            <translation>已备份到{}</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>补正前</translation>
        </message>
        <message>
            <source>Before ({})</source>
            <translation>补正前（{}）</translation>
        </message>
        <message>
            <source>Between offices</source>
            <translation>案卷移交</translation>
        </message>
        <message>
            <source>Bind what is ticked</source>
            <translation>绑定勾选项</translation>
        </message>
        <message>
            <source>Bound in this catalogue</source>
            <translation>本目录已绑定的数据</translation>
        </message>
        <message>
            <source>Bound to</source>
            <translation>绑定数据</translation>
        </message>
        <message>
            <source>Boundary points ({})</source>
            <translation>界址点（{}）</translation>
        </message>
        <message>
            <source>Boundary-point TXT</source>
            <translation>界址点坐标TXT</translation>
        </message>
        <message>
            <source>Boundary-point table</source>
            <translation>界址点成果表</translation>
        </message>
        <message>
            <source>Brings parcels to another Gauss-Krüger zone (3 or 6 degrees) or to eastings with or without the zone prefix, within one datum. Xian 1980 and Beijing 1954 to CGCS2000 is refused: parameters are needed. Long edges get points so that they stay within 1 mm; between prefix and none only eastings change.</source>
            <translation>将地块换算到同一基准的另一高斯-克吕格投影带（3度或6度），或在带号前缀坐标与无前缀坐标之间换算。西安80、北京54到CGCS2000需要转换参数，予以拒绝。长边加密节点，偏差不超过1毫米；前缀与无前缀之间只改变横坐标。</translation>
        </message>
        <message>
            <source>Brings the reference layers of KEYS (separated by commas; empty: all that concern the office) into FOLDER: whole once, then only what changed. Each version is a file of its own and is checked against the centre's hash before it is used; a review in progress keeps the version that it began with. Entries of CATALOGUE that name an earlier version follow, with the new data date; old files go when nothing names them any more. Without a screen the sign-in needs QGIS_AUTH_PASSWORD_FILE.</source>
            <translation>将 KEYS 所列参考图层（以逗号分隔；留空：与本单位有关的全部图层）同步到 FOLDER：首次整体下载，之后只取变化部分。每个版本单独成文件，使用前与中心的校验值核对；正在进行的审查继续使用其开始时的版本。CATALOGUE 中引用旧版本的条目随之更新，数据日期一并更新；不再被引用的旧文件自动清除。无界面运行时，登录需要 QGIS_AUTH_PASSWORD_FILE。</translation>
        </message>
        <message>
            <source>Business &amp;type</source>
            <translation>业务类型(&amp;T)</translation>
        </message>
        <message>
            <source>Business type</source>
            <translation>业务类型</translation>
        </message>
        <message>
            <source>By land class</source>
            <translation>按地类</translation>
        </message>
        <message>
            <source>By ownership</source>
            <translation>按权属</translation>
        </message>
        <message>
            <source>By parcel</source>
            <translation>按地块</translation>
        </message>
        <message>
            <source>CRS</source>
            <translation>坐标系</translation>
        </message>
        <message>
            <source>Calendar {}: holidays of {}–{}</source>
            <translation>工作日历{}：含{}–{}年节假日</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancelled: nothing was written.</source>
            <translation>已取消，未写入任何文件。</translation>
        </message>
        <message>
            <source>Case &amp;number</source>
            <translation>案卷编号(&amp;N)</translation>
        </message>
        <message>
            <source>Case number</source>
            <translation>案卷编号</translation>
        </message>
        <message>
            <source>Case number, not to compare it with itself</source>
            <translation>案件编号（不与自身比较）</translation>
        </message>
        <message>
            <source>Case numbers</source>
            <translation>案卷编号</translation>
        </message>
        <message>
            <source>Case panel</source>
            <translation>案卷面板</translation>
        </message>
        <message>
            <source>Case store</source>
            <translation>案卷库</translation>
        </message>
        <message>
            <source>Case {} has no result.gpkg: review it with the format gpkg</source>
            <translation>案卷 {} 没有 result.gpkg：请以 gpkg 格式审查</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>案卷</translation>
        </message>
        <message>
            <source>Cases and parcels (LandReview)</source>
            <translation>案卷和地块（LandReview）</translation>
        </message>
        <message>
            <source>Catalo&amp;gue</source>
            <translation>图层目录(&amp;G)</translation>
        </message>
        <message>
            <source>Catalogue of reference layers</source>
            <translation>图层目录</translation>
        </message>
        <message>
            <source>Catalogue of the reference layers</source>
            <translation>参考图层目录</translation>
        </message>
        <message>
            <source>Catalogue that follows</source>
            <translation>随之更新的图层目录</translation>
        </message>
        <message>
            <source>Certificate (TLS)</source>
            <translation>证书（TLS）</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>变化</translation>
        </message>
        <message>
            <source>Changed verdicts</source>
            <translation>结论变化</translation>
        </message>
        <message>
            <source>Changes the land that is taken in, not the file; Problems says what was done where, and the log keeps it. Point numbers of changed outlines are lost. Let the surveyor confirm it.</source>
            <translation>只改变收件的地块，不改变文件；“问题”页列明何处作了何种修改，日志留存。改动过的界线不再保留点号。请测绘单位确认。</translation>
        </message>
        <message>
            <source>Chec&amp;k it</source>
            <translation>检查规则包(&amp;K)</translation>
        </message>
        <message>
            <source>Check a file: TXT, SHP, KML, GeoJSON …</source>
            <translation>核查文件：TXT、SHP、KML、GeoJSON等</translation>
        </message>
        <message>
            <source>Check of the rule pack</source>
            <translation>检查规则包</translation>
        </message>
        <message>
            <source>Check parcels</source>
            <translation>检查地块</translation>
        </message>
        <message>
            <source>Check some land first</source>
            <translation>请先核查范围</translation>
        </message>
        <message>
            <source>Check the case store</source>
            <translation>检查案卷库</translation>
        </message>
        <message>
            <source>Check the parcels against every rule for the business type</source>
            <translation>按本业务类型的全部规则核查各地块</translation>
        </message>
        <message>
            <source>Check the selected features of the active layer</source>
            <translation>核查当前图层的所选要素</translation>
        </message>
        <message>
            <source>Checking: {}</source>
            <translation>正在核查：{}</translation>
        </message>
        <message>
            <source>Checks geometry, topology, areas, coordinate system, jurisdiction and attributes of parcels by the quality rules of the office profile, how closely they meet the boundaries of counties and survey patches, whether another open case of the store wants the same land, and whether other files of the hand-in (a shapefile beside the TXT, the drawing) show the same. OUTPUT has one feature a problem, with the place, the reason and the next step. Nothing is repaired.</source>
            <translation>按单位设置的质量规则检查地块的几何、拓扑、面积、坐标系、行政区和属性，与县界、调查图斑界线的贴合程度，案卷库中其他在办案件是否占用同一土地，以及报件中的其他文件（TXT之外的SHP、图件）与之是否一致。OUTPUT中每个问题一个要素，含位置、原因和下一步。不作任何修改。</translation>
        </message>
        <message>
            <source>Checks the parcels of INPUT (a hand-in file, path|layername=x, or the id of a layer of the project) against every rule of the pack for the business type, with the layers that CATALOGUE binds, at REFERENCE_DATE. Each rule and parcel gets one of four verdicts: conflict, not_checked, partly_covered, clear; a check that could not be made in full is never clear. Writes a styled GeoPackage, result.json and the reports into OUTPUT_FOLDER.</source>
            <translation>对 INPUT（报件文件、path|layername=x 或工程图层标识）中的地块，按 CATALOGUE 所列图层和 REFERENCE_DATE，逐条核查规则包中该业务类型的全部规则。每条规则、每个地块给出四种结论之一：冲突、未核查、部分覆盖、无冲突；未能完整核查的绝不判为无冲突。在 OUTPUT_FOLDER 中写出带样式的 GeoPackage、result.json 和报告。</translation>
        </message>
        <message>
            <source>Choose a file that ends in .gpkg.</source>
            <translation>请选择以.gpkg结尾的文件。</translation>
        </message>
        <message>
            <source>Choose a finding to see its figures, law and data.</source>
            <translation>选中一项核查结果，查看面积、法律依据和数据。</translation>
        </message>
        <message>
            <source>Choose a layer</source>
            <translation>选择图层</translation>
        </message>
        <message>
            <source>Choose a layer of the project, a file or a database</source>
            <translation>选择工程图层、文件或数据库</translation>
        </message>
        <message>
            <source>Choose a source</source>
            <translation>选择数据源</translation>
        </message>
        <message>
            <source>Choose one or more findings first</source>
            <translation>请先选中一项或多项核查结果</translation>
        </message>
        <message>
            <source>Choose whether the case passes</source>
            <translation>请先选择是否同意上报</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>请选择…</translation>
        </message>
        <message>
            <source>Class field</source>
            <translation>地类字段</translation>
        </message>
        <message>
            <source>Classes that count as construction land, by commas</source>
            <translation>算作建设用地的分类代码，以逗号分隔</translation>
        </message>
        <message>
            <source>Click land on the map to get to its findings</source>
            <translation>在地图上点选图形，定位到相应的核查结果</translation>
        </message>
        <message>
            <source>Close all</source>
            <translation>全部折叠</translation>
        </message>
        <message>
            <source>Close the case and put it into the archive</source>
            <translation>办结并归档</translation>
        </message>
        <message>
            <source>Closing points added</source>
            <translation>补充的闭合点</translation>
        </message>
        <message>
            <source>Co&amp;verage</source>
            <translation>覆盖范围(&amp;V)</translation>
        </message>
        <message>
            <source>Compare dates</source>
            <translation>对照不同日期的审查结果</translation>
        </message>
        <message>
            <source>Compare two hand-ins</source>
            <translation>比较两次报件</translation>
        </message>
        <message>
            <source>Compare versions of {}</source>
            <translation>比较{}的各版材料</translation>
        </message>
        <message>
            <source>Compare versions…</source>
            <translation>比较各版材料…</translation>
        </message>
        <message>
            <source>Compute every piece again with a second engine (slow)</source>
            <translation>用另一算法重新计算每个图斑（较慢）</translation>
        </message>
        <message>
            <source>Computed ({})</source>
            <translation>计算面积（{}）</translation>
        </message>
        <message>
            <source>Computes a stored result afresh and compares it. Parcels, rule pack and touched reference features come from the result GeoPackage beside result.json; with CATALOGUE the layers come from there instead. IDENTICAL says whether the digests agree; DIFFERENCES lists what differs.</source>
            <translation>重新计算已保存的结果并进行比对。地块、规则包和所涉参考要素取自 result.json 旁的结果 GeoPackage；指定 CATALOGUE 时图层取自该目录。IDENTICAL 表示摘要是否一致；DIFFERENCES 列出差异。</translation>
        </message>
        <message>
            <source>Conflict with geological hazards</source>
            <translation>地质灾害冲突</translation>
        </message>
        <message>
            <source>Conflict with mining rights</source>
            <translation>矿业权冲突</translation>
        </message>
        <message>
            <source>Conflict with permanent basic farmland</source>
            <translation>永久基本农田冲突</translation>
        </message>
        <message>
            <source>Conflict with planned use</source>
            <translation>规划用途冲突</translation>
        </message>
        <message>
            <source>Conflict with the ecological red line</source>
            <translation>生态保护红线冲突</translation>
        </message>
        <message>
            <source>Conflict with the urban growth boundary</source>
            <translation>城镇开发边界冲突</translation>
        </message>
        <message>
            <source>Constr&amp;uction classes</source>
            <translation>建设用地代码(&amp;U)</translation>
        </message>
        <message>
            <source>Contradicted:</source>
            <translation>与规则不符：</translation>
        </message>
        <message>
            <source>Convert zone or prefix</source>
            <translation>换带与带号前缀换算</translation>
        </message>
        <message>
            <source>Coordinate system</source>
            <translation>坐标系</translation>
        </message>
        <message>
            <source>Coordinate system, when the file has none</source>
            <translation>坐标系（文件未注明时）</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>复制</translation>
        </message>
        <message>
            <source>Copy it to change it…</source>
            <translation>复制后修改…</translation>
        </message>
        <message>
            <source>Copy the number</source>
            <translation>复制案卷编号</translation>
        </message>
        <message>
            <source>Copy the selected entries, or all of them</source>
            <translation>复制所选记录；未选时复制全部</translation>
        </message>
        <message>
            <source>Copy the table for a spreadsheet</source>
            <translation>复制表格，可粘贴到电子表格</translation>
        </message>
        <message>
            <source>Corrected hand-in taken in: version {}</source>
            <translation>接收补正成果：第{}版</translation>
        </message>
        <message>
            <source>Correction</source>
            <translation>补正</translation>
        </message>
        <message>
            <source>Correction asked for; the clock stands</source>
            <translation>一次性告知补正，停止计时</translation>
        </message>
        <message>
            <source>Correction is in; the clock runs again</source>
            <translation>补正收件，恢复计时</translation>
        </message>
        <message>
            <source>Correction of {}: {} (preview, nothing is stored yet)</source>
            <translation>{} 补正：{}（预览，尚未入库）</translation>
        </message>
        <message>
            <source>Counties of the office</source>
            <translation>本机关辖区</translation>
        </message>
        <message>
            <source>Counts from now on</source>
            <translation>采用</translation>
        </message>
        <message>
            <source>Counts the cases of every summary.csv below RESULTS by month, county, business type and layer in conflict. A row without a layer is the whole group. A case in several summaries counts once, as in the newest. CHART is a page with charts by layer, county and month that needs no network.</source>
            <translation>对 RESULTS 下所有 summary.csv 的案卷，按月、县区、业务类型和冲突图层统计。图层为空的行是整组。同一案卷出现在多个汇总中时只按最新的计一次。CHART 是含图层、县区、月份图表的网页，无需网络。</translation>
        </message>
        <message>
            <source>County layer for a map of the results (path|layername=x)</source>
            <translation>县区图层，用于结果地图（path|layername=x）</translation>
        </message>
        <message>
            <source>Cover</source>
            <translation>案卷封面</translation>
        </message>
        <message>
            <source>Cover changed: {}</source>
            <translation>修改封面：{}</translation>
        </message>
        <message>
            <source>Coverage may miss {} m², a gap {} m²; points snap within {} m</source>
            <translation>覆盖范围容差{}平方米，缝隙{}平方米；{}米以内的点视为同一点</translation>
        </message>
        <message>
            <source>Coverage: where the reference layer is complete</source>
            <translation>覆盖范围：参考图层数据完整的区域</translation>
        </message>
        <message>
            <source>Data &amp;of</source>
            <translation>数据日期(&amp;O)</translation>
        </message>
        <message>
            <source>Data centre</source>
            <translation>数据中心</translation>
        </message>
        <message>
            <source>Data of</source>
            <translation>数据日期</translation>
        </message>
        <message>
            <source>Data of all of them are &amp;of</source>
            <translation>以上数据的日期(&amp;O)</translation>
        </message>
        <message>
            <source>Dates, e.g. acceptance=2026-06-20, approval=2026-09-01, today</source>
            <translation>日期，如 acceptance=2026-06-20, approval=2026-09-01, today</translation>
        </message>
        <message>
            <source>Datum</source>
            <translation>坐标系</translation>
        </message>
        <message>
            <source>Days left</source>
            <translation>剩余时限</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>批复</translation>
        </message>
        <message>
            <source>Decision on {}</source>
            <translation>批复{}</translation>
        </message>
        <message>
            <source>Details of the finding</source>
            <translation>核查结果详情</translation>
        </message>
        <message>
            <source>Details…</source>
            <translation>详情…</translation>
        </message>
        <message>
            <source>Dialect</source>
            <translation>格式方言</translation>
        </message>
        <message>
            <source>Dialect of the TXT</source>
            <translation>TXT 格式变体</translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>差异</translation>
        </message>
        <message>
            <source>Distance (m)</source>
            <translation>距离（米）</translation>
        </message>
        <message>
            <source>Double-click: to the finding</source>
            <translation>双击转到该核查结果</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>拟稿</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>绘制</translation>
        </message>
        <message>
            <source>Draw a polygon on the map, select polygons of a layer, or drop a file here: it is checked against every layer of the office's catalogue, by the rules of the business type. Nothing is stored.</source>
            <translation>在地图上绘制多边形、选择图层中的面要素，或将文件拖到此处：按业务类型的规则与图层目录中的全部图层核对。不保存任何内容。</translation>
        </message>
        <message>
            <source>Draw a polygon on the map; right click ends it, Esc begins anew</source>
            <translation>在地图上绘制多边形；右键结束，Esc重新开始</translation>
        </message>
        <message>
            <source>Draw land and check it against the office's layers</source>
            <translation>绘制范围并与本单位图层核对</translation>
        </message>
        <message>
            <source>Drawn on the map</source>
            <translation>图上绘制</translation>
        </message>
        <message>
            <source>Drop</source>
            <translation>放弃</translation>
        </message>
        <message>
            <source>Drop pieces up to (m²)</source>
            <translation>忽略不大于此面积的碎片（平方米）</translation>
        </message>
        <message>
            <source>Dropped {} piece(s) with {:.2f} m² in all</source>
            <translation>忽略碎片{}个，合计{:.2f}平方米</translation>
        </message>
        <message>
            <source>Earlier hand-in</source>
            <translation>前次报件</translation>
        </message>
        <message>
            <source>Easting after</source>
            <translation>现横坐标Y</translation>
        </message>
        <message>
            <source>Easting before</source>
            <translation>原横坐标Y</translation>
        </message>
        <message>
            <source>Edit the catalogue of reference layers…</source>
            <translation>编辑图层目录…</translation>
        </message>
        <message>
            <source>Edit the templates…</source>
            <translation>编辑模板…</translation>
        </message>
        <message>
            <source>Empty: the file is not encrypted, and whoever finds it can read it.</source>
            <translation>留空：文件不加密，拾到者即可读取。</translation>
        </message>
        <message>
            <source>Encoding</source>
            <translation>文件编码</translation>
        </message>
        <message>
            <source>Encrypting needs the package cryptography, which is missing here.</source>
            <translation>加密需要cryptography软件包，本机未安装。</translation>
        </message>
        <message>
            <source>Entries of the log</source>
            <translation>记录条数</translation>
        </message>
        <message>
            <source>Environment check</source>
            <translation>环境检查</translation>
        </message>
        <message>
            <source>Every boundary point is where it was.</source>
            <translation>界址点均未变动。</translation>
        </message>
        <message>
            <source>Every mandatory material is there.</source>
            <translation>必备要件已齐全。</translation>
        </message>
        <message>
            <source>Everything is judged at this date, not at today's</source>
            <translation>一切按此日期判定，而非当天</translation>
        </message>
        <message>
            <source>Export approved parcels to the one map</source>
            <translation>已批地块上“一张图”</translation>
        </message>
        <message>
            <source>Export boundary-point TXT</source>
            <translation>导出界址点坐标TXT</translation>
        </message>
        <message>
            <source>Export parcels</source>
            <translation>导出地块</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>导出…</translation>
        </message>
        <message>
            <source>Fact</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>Facts ({})</source>
            <translation>属性（{}）</translation>
        </message>
        <message>
            <source>Farmland (0101, 0102, 0103) in the parcels of the cases approved in YEAR, as their sealed results measured it, against the farmland that the land survey shows inside the supplement areas (SUPPLEMENT, measured with landreview:areabyclass, planar). APPROVALS is a csv with case_number, approved_on, document. A case without a result, or a bad row, stops it: a balance with a gap would be wrong.</source>
            <translation>YEAR 年内批准案卷的地块中的耕地（0101、0102、0103，按其封存结果的量算），与补充耕地范围（SUPPLEMENT）内国土调查所示耕地（用 landreview:areabyclass 平面量算）相对照。APPROVALS 为 csv：case_number、approved_on、document。有案卷没有结果或有坏行即停止：有缺口的平衡表是错的。</translation>
        </message>
        <message>
            <source>Farmland balance</source>
            <translation>耕地占补平衡</translation>
        </message>
        <message>
            <source>Farmland balance of a year</source>
            <translation>年度耕地占补平衡</translation>
        </message>
        <message>
            <source>Features</source>
            <translation>要素数</translation>
        </message>
        <message>
            <source>Field</source>
            <translation>字段</translation>
        </message>
        <message>
            <source>Field mapping, e.g. number=DKBH;use=TDYT</source>
            <translation>字段对应，如 number=DKBH;use=TDYT</translation>
        </message>
        <message>
            <source>Field with the distance of each hazard (m)</source>
            <translation>各隐患点距离字段（米）</translation>
        </message>
        <message>
            <source>Field with the end of validity</source>
            <translation>有效期止字段</translation>
        </message>
        <message>
            <source>Field with the parcel number</source>
            <translation>地块编号字段</translation>
        </message>
        <message>
            <source>Field with the planned use</source>
            <translation>规划用途字段</translation>
        </message>
        <message>
            <source>Fields by role</source>
            <translation>各用途的字段</translation>
        </message>
        <message>
            <source>File geodatabase</source>
            <translation>文件地理数据库</translation>
        </message>
        <message>
            <source>File geodatabase…</source>
            <translation>文件地理数据库…</translation>
        </message>
        <message>
            <source>File with the county's layers</source>
            <translation>存放全县图层的文件</translation>
        </message>
        <message>
            <source>Files of the material</source>
            <translation>选择要件文件</translation>
        </message>
        <message>
            <source>File…</source>
            <translation>文件…</translation>
        </message>
        <message>
            <source>Filter and order</source>
            <translation>筛选排序</translation>
        </message>
        <message>
            <source>Filter by type, verdict and light; order the list</source>
            <translation>按业务类型、结论、时限筛选，并排序</translation>
        </message>
        <message>
            <source>Finding {} {}: {}</source>
            <translation>核查结果 {} {}：{}</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>核查结果</translation>
        </message>
        <message>
            <source>Findings (?)</source>
            <translation>核查结果（？）</translation>
        </message>
        <message>
            <source>Findings ({})</source>
            <translation>核查结果（{}）</translation>
        </message>
        <message>
            <source>Findings in conflict</source>
            <translation>冲突项数</translation>
        </message>
        <message>
            <source>Findings not checked</source>
            <translation>未核查项数</translation>
        </message>
        <message>
            <source>First choose the catalogue of the office's reference layers: the button with the spanner, then “Catalogue”. Without it nothing can be checked.</source>
            <translation>请先指定本单位的图层目录：点右上角的扳手按钮，再选“图层目录”。没有图层目录就无法核查。</translation>
        </message>
        <message>
            <source>Fix…</source>
            <translation>处理…</translation>
        </message>
        <message>
            <source>Folder of batches</source>
            <translation>批量结果文件夹</translation>
        </message>
        <message>
            <source>Folder of hand-ins</source>
            <translation>报件目录</translation>
        </message>
        <message>
            <source>Folder of the layers</source>
            <translation>图层目录（文件夹）</translation>
        </message>
        <message>
            <source>Folder or geodatabase of the county</source>
            <translation>存放全县图层的文件夹或地理数据库</translation>
        </message>
        <message>
            <source>Folder with the office's TXT dialects</source>
            <translation>本单位TXT格式方言文件夹</translation>
        </message>
        <message>
            <source>For example: 矿权类型 = '采矿权' and 有效期 &gt;= $reference_date</source>
            <translation>例如：矿权类型 = '采矿权' and 有效期 &gt;= $reference_date</translation>
        </message>
        <message>
            <source>Format; BY_SUFFIX: as the name of the file says</source>
            <translation>格式；BY_SUFFIX：按文件扩展名</translation>
        </message>
        <message>
            <source>Formats</source>
            <translation>输出格式</translation>
        </message>
        <message>
            <source>From a GeoPackage or other file…</source>
            <translation>从GeoPackage或其他文件…</translation>
        </message>
        <message>
            <source>From a file:</source>
            <translation>来自文件：</translation>
        </message>
        <message>
            <source>From a folder…</source>
            <translation>从文件夹…</translation>
        </message>
        <message>
            <source>Geometry</source>
            <translation>几何类型</translation>
        </message>
        <message>
            <source>Give the office by its jurisdiction code, in digits</source>
            <translation>请填写单位的行政区划代码（数字）</translation>
        </message>
        <message>
            <source>Go on with this land as a new case</source>
            <translation>以此范围新建案卷</translation>
        </message>
        <message>
            <source>Hand the case over to the next office</source>
            <translation>移交上级单位</translation>
        </message>
        <message>
            <source>Hand-in</source>
            <translation>报件</translation>
        </message>
        <message>
            <source>Hand-in and others</source>
            <translation>收件成果及其他</translation>
        </message>
        <message>
            <source>Hand-in file</source>
            <translation>报件文件</translation>
        </message>
        <message>
            <source>Hand-ins</source>
            <translation>成果文件</translation>
        </message>
        <message>
            <source>Hand-over file (stick)</source>
            <translation>移交文件（U盘）</translation>
        </message>
        <message>
            <source>Hand-over or receipt file (stick)</source>
            <translation>移交文件或回执文件（U盘）</translation>
        </message>
        <message>
            <source>Hand-over withdrawn</source>
            <translation>撤回移交</translation>
        </message>
        <message>
            <source>Hands cases over to the office above: those of CASES (numbers, separated by commas), or all whose next step it is; what waits in the outbox goes along. With STICK they are written to a file instead; the receipt comes back as a file, too (Pull cases); SEAL encrypts and KEY signs it. A case counts as received only with its receipt. A line that fails is no failure: the cases wait, and the next run goes on where this one stopped. Without a screen the sign-in needs QGIS_AUTH_PASSWORD_FILE. The algorithm fails (exit code 1) when a case was refused; it says why.</source>
            <translation>将案卷移交上级单位：CASES 所列编号（以逗号分隔），或下一步为上报的全部案卷；发件箱中待发的一并发送。指定 STICK 时改为写入文件，回执也以文件返回（见“接收案卷”）；SEAL 加密，KEY 签名。只有取得回执才算对方收件。线路中断不算失败：案卷在发件箱等待，下次从中断处继续。无界面运行时，登录需要 QGIS_AUTH_PASSWORD_FILE。有案卷被拒绝时算法以退出码1结束，并说明原因。</translation>
        </message>
        <message>
            <source>Held by {}</source>
            <translation>办理单位：{}</translation>
        </message>
        <message>
            <source>Here</source>
            <translation>本机</translation>
        </message>
        <message>
            <source>History</source>
            <translation>记录</translation>
        </message>
        <message>
            <source>History of the case</source>
            <translation>办理记录</translation>
        </message>
        <message>
            <source>How it was read</source>
            <translation>读取方式</translation>
        </message>
        <message>
            <source>How much was sent</source>
            <translation>已发送比例</translation>
        </message>
        <message>
            <source>Identical</source>
            <translation>是否一致</translation>
        </message>
        <message>
            <source>Import parcels</source>
            <translation>导入地块</translation>
        </message>
        <message>
            <source>Imports both files with landreview:importparcels and compares them by parcel number. OUTPUT has a row for each difference with its land: added, removed, renumbered (the same land under another number), gained and lost (land of a changed parcel), unchanged. Areas are planar, in m². Both files must be in one coordinate system: land that was transformed would differ everywhere.</source>
            <translation>用 landreview:importparcels 导入两个文件，按地块编号比较。OUTPUT 中每处差异一行并带图形：added 新增、removed 删除、renumbered 改号（同一土地另一编号）、gained 与 lost（变化地块增加、减少的土地）、unchanged 未变。面积为平面面积（平方米）。两个文件须为同一坐标系：经转换的土地处处都会不同。</translation>
        </message>
        <message>
            <source>In map view</source>
            <translation>图面内</translation>
        </message>
        <message>
            <source>In step with the data centre since {}</source>
            <translation>{}已与数据中心同步</translation>
        </message>
        <message>
            <source>Insert</source>
            <translation>插入</translation>
        </message>
        <message>
            <source>Install libraries…</source>
            <translation>安装离线库…</translation>
        </message>
        <message>
            <source>It is entered at the data centre, where every office of the case sees it.</source>
            <translation>将登记到数据中心，经办该案卷的各单位均可看到。</translation>
        </message>
        <message>
            <source>It may have been received already: wait for the receipt</source>
            <translation>对方可能已收到：请等待回执</translation>
        </message>
        <message>
            <source>Jurisdiction {}, datum {}, rule pack {}</source>
            <translation>行政区{}，坐标基准{}，规则包{}</translation>
        </message>
        <message>
            <source>Justified…</source>
            <translation>有依据…</translation>
        </message>
        <message>
            <source>Keep all {} pieces</source>
            <translation>保留全部{}块</translation>
        </message>
        <message>
            <source>Keep the attachments</source>
            <translation>保存附件</translation>
        </message>
        <message>
            <source>Keep the largest piece only</source>
            <translation>仅保留最大的一块</translation>
        </message>
        <message>
            <source>Knife edge</source>
            <translation>临界</translation>
        </message>
        <message>
            <source>Land ({})</source>
            <translation>地块（{}）</translation>
        </message>
        <message>
            <source>Land class</source>
            <translation>地类</translation>
        </message>
        <message>
            <source>Land concerned ({})</source>
            <translation>涉及面积（{}）</translation>
        </message>
        <message>
            <source>Land gained</source>
            <translation>增加的土地</translation>
        </message>
        <message>
            <source>Land gained {0} {2}, lost {1} {2} (planar)</source>
            <translation>增加{0}{2}，减少{1}{2}（平面面积）</translation>
        </message>
        <message>
            <source>Land lost</source>
            <translation>减少的土地</translation>
        </message>
        <message>
            <source>Land survey</source>
            <translation>国土调查</translation>
        </message>
        <message>
            <source>Land that is in conflict</source>
            <translation>判为冲突的部分</translation>
        </message>
        <message>
            <source>Land that is lost</source>
            <translation>减少的土地</translation>
        </message>
        <message>
            <source>Land to check</source>
            <translation>待核查范围</translation>
        </message>
        <message>
            <source>LandReview</source>
            <translation>LandReview 国土审查</translation>
        </message>
        <message>
            <source>LandReview workflows</source>
            <translation>LandReview 办公流程</translation>
        </message>
        <message>
            <source>LandReview: details</source>
            <translation>LandReview：详情</translation>
        </message>
        <message>
            <source>LandReview: environment check</source>
            <translation>LandReview：环境检查</translation>
        </message>
        <message>
            <source>Language of the reports</source>
            <translation>报告语言</translation>
        </message>
        <message>
            <source>Later hand-in</source>
            <translation>本次报件</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>图层</translation>
        </message>
        <message>
            <source>Layer keys</source>
            <translation>图层键</translation>
        </message>
        <message>
            <source>Layer of the project</source>
            <translation>工程中的图层</translation>
        </message>
        <message>
            <source>Layer that may not be left</source>
            <translation>不得超出的图层</translation>
        </message>
        <message>
            <source>Layer, when the file has several</source>
            <translation>图层（文件含多个图层时）</translation>
        </message>
        <message>
            <source>Layers and what is bound to them</source>
            <translation>图层及其绑定数据</translation>
        </message>
        <message>
            <source>Layers of the data centre</source>
            <translation>数据中心的图层</translation>
        </message>
        <message>
            <source>Layers of {}</source>
            <translation>{}的图层</translation>
        </message>
        <message>
            <source>Layers that may not be touched</source>
            <translation>不得占用的图层</translation>
        </message>
        <message>
            <source>Layout of the map pages of a PDF (default: the built-in one)</source>
            <translation>PDF地图页的版面模板（默认用内置的）</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>时限状态</translation>
        </message>
        <message>
            <source>Line (TCP)</source>
            <translation>线路（TCP）</translation>
        </message>
        <message>
            <source>List of approvals (csv)</source>
            <translation>批准清单（csv）</translation>
        </message>
        <message>
            <source>Log verified: {} entries, each sealed to the one before</source>
            <translation>日志完整：共{}条，逐条相扣</translation>
        </message>
        <message>
            <source>Look at the differences…</source>
            <translation>查看差异…</translation>
        </message>
        <message>
            <source>Looks at database, logs and files</source>
            <translation>检查数据库、日志和附件</translation>
        </message>
        <message>
            <source>Looks for layers with the usual names and proposes bindings: you choose</source>
            <translation>按常用图层名查找并推荐绑定，由您确认</translation>
        </message>
        <message>
            <source>Made by</source>
            <translation>产生单位</translation>
        </message>
        <message>
            <source>Made on</source>
            <translation>产生日期</translation>
        </message>
        <message>
            <source>Makes a new version of the hand-in; the old one stays</source>
            <translation>生成新一版申报材料；原版保留</translation>
        </message>
        <message>
            <source>Makes the repairs chosen in REPAIRS and nothing else: QA-G03 drops doubled points, QA-G06 drops spikes, QA-G12 makes a parcel of each part, QA-T02 closes narrow gaps between neighbours, QA-T07 inserts the vertices of neighbours. LOG has one feature a repair, with the area before and after; what would become invalid stays as it is, and LOG says so. The land changes: hand it back to the surveyor to confirm.</source>
            <translation>只做REPAIRS中选定的修复：QA-G03去除重复点，QA-G06去除尖刺，QA-G12将多部件拆分为多个地块，QA-T02闭合相邻地块间的窄缝，QA-T07补入相邻地块的公共顶点。LOG中每项修复一个要素，给出修复前后的面积；修复后图形会无效的保持原样，并在LOG中说明。修复会改变地块，请退回测量单位确认。</translation>
        </message>
        <message>
            <source>Manifest (csv or xlsx)</source>
            <translation>清单（csv 或 xlsx）</translation>
        </message>
        <message>
            <source>Map sheet</source>
            <translation>图幅号</translation>
        </message>
        <message>
            <source>Mark findings that a shift of the boundary by up to 0.1 m would change</source>
            <translation>标出边界移动不超过0.1米就会改变结论的项</translation>
        </message>
        <message>
            <source>Material</source>
            <translation>要件</translation>
        </message>
        <message>
            <source>Materials</source>
            <translation>要件</translation>
        </message>
        <message>
            <source>Mine</source>
            <translation>我的</translation>
        </message>
        <message>
            <source>Missing: {}. See Plugins ▸ LandReview ▸ Environment check, or run make doctor.</source>
            <translation>缺少：{}。请查看 插件 ▸ LandReview ▸ 环境检查，或运行 make doctor。</translation>
        </message>
        <message>
            <source>Mistaken…</source>
            <translation>判定有误…</translation>
        </message>
        <message>
            <source>Monthly statistics</source>
            <translation>月度统计</translation>
        </message>
        <message>
            <source>More about this case</source>
            <translation>更多操作</translation>
        </message>
        <message>
            <source>Moved by (m)</source>
            <translation>位移（米）</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Names, uses and stated areas are the same.</source>
            <translation>名称、用途、申报面积等均未变化。</translation>
        </message>
        <message>
            <source>Ne&amp;w…</source>
            <translation>新建(&amp;W)…</translation>
        </message>
        <message>
            <source>Neither version has a parcel.</source>
            <translation>两版均无地块。</translation>
        </message>
        <message>
            <source>New boundary</source>
            <translation>新边界</translation>
        </message>
        <message>
            <source>New boundary points</source>
            <translation>新增界址点</translation>
        </message>
        <message>
            <source>New catalogue of reference layers</source>
            <translation>新建图层目录</translation>
        </message>
        <message>
            <source>No COVERAGE given: land without a reference feature counts as not checked</source>
            <translation>未指定 COVERAGE：无参考要素的土地按未核查处理</translation>
        </message>
        <message>
            <source>No case is shown</source>
            <translation>未打开案卷</translation>
        </message>
        <message>
            <source>No case matches. Clear the search or the filters.</source>
            <translation>没有符合条件的案卷。请清除搜索词或筛选条件。</translation>
        </message>
        <message>
            <source>No case waits to be archived.</source>
            <translation>没有待归档的案卷。</translation>
        </message>
        <message>
            <source>No case yet. Drop a surveyor's file here (TXT, SHP, zip, GPKG, DXF, KML …), or press “Take in…”. It is shown on the map first; nothing is stored before you say so.</source>
            <translation>还没有案卷。把测绘单位的坐标文件（TXT、SHP、zip、GPKG、DXF、KML 等）拖到这里，或点“收件…”。先在地图上预览，确认收件之前不会入库。</translation>
        </message>
        <message>
            <source>No catalogue yet: with “New…” and “Suggest…” a county's layers are bound in two clicks.</source>
            <translation>尚无图层目录：点“新建…”，再点“推荐…”，即可绑定全县图层。</translation>
        </message>
        <message>
            <source>No data centre is set: cases travel as files.</source>
            <translation>未设置数据中心：案卷以文件移交。</translation>
        </message>
        <message>
            <source>No hand-over of this case waits</source>
            <translation>本案卷没有等待发送的移交</translation>
        </message>
        <message>
            <source>No layer here has a name that speaks for a key of the catalogue.</source>
            <translation>没有图层名与目录相符的图层。</translation>
        </message>
        <message>
            <source>No polygon for county {}: see its row in the map</source>
            <translation>县区 {} 没有图斑：见地图图层中它的行</translation>
        </message>
        <message>
            <source>No store there yet: it is made when the panel is opened.</source>
            <translation>该处尚无案卷库：打开面板时自动建立。</translation>
        </message>
        <message>
            <source>No supplement areas given: supplied counts as 0</source>
            <translation>未给出补充耕地范围：补充按 0 计</translation>
        </message>
        <message>
            <source>Northing after</source>
            <translation>现纵坐标X</translation>
        </message>
        <message>
            <source>Northing before</source>
            <translation>原纵坐标X</translation>
        </message>
        <message>
            <source>Not accepted yet: the clock does not run</source>
            <translation>尚未受理，未开始计时</translation>
        </message>
        <message>
            <source>Not in step with the data centre: {}</source>
            <translation>未能与数据中心同步：{}</translation>
        </message>
        <message>
            <source>Not in the catalogue yet, bind them in its editor: {}</source>
            <translation>图层目录中尚未绑定，请在目录编辑器中绑定：{}</translation>
        </message>
        <message>
            <source>Not reviewed yet</source>
            <translation>尚未审查</translation>
        </message>
        <message>
            <source>Not reviewed yet: “Run review” fills this page.</source>
            <translation>尚未审查：点击“运行审查”后在此列出核查结果。</translation>
        </message>
        <message>
            <source>Not yet possible:</source>
            <translation>尚不能办理：</translation>
        </message>
        <message>
            <source>Nothing is bound yet</source>
            <translation>尚未绑定</translation>
        </message>
        <message>
            <source>Nothing is bound: every rule on this layer says “not checked”</source>
            <translation>未绑定数据：涉及该图层的规则均为“未核查”</translation>
        </message>
        <message>
            <source>Nothing new at the data centre.</source>
            <translation>数据中心没有新内容。</translation>
        </message>
        <message>
            <source>Nothing stands in the way of passing it on.</source>
            <translation>没有妨碍上报的事项。</translation>
        </message>
        <message>
            <source>Nothing was changed</source>
            <translation>没有改动</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>案卷编号</translation>
        </message>
        <message>
            <source>Number of cases</source>
            <translation>案卷数</translation>
        </message>
        <message>
            <source>Number of errors</source>
            <translation>错误数</translation>
        </message>
        <message>
            <source>Number of parcels</source>
            <translation>地块数</translation>
        </message>
        <message>
            <source>Number of warnings</source>
            <translation>警告数</translation>
        </message>
        <message>
            <source>Number the points anew</source>
            <translation>重新编排界址点号</translation>
        </message>
        <message>
            <source>Number, project, applicant or parcel</source>
            <translation>案卷编号、项目、申请人或地块号</translation>
        </message>
        <message>
            <source>O&amp;n</source>
            <translation>日期(&amp;N)</translation>
        </message>
        <message>
            <source>Of {} layers {} are bound, {} signed as empty; the others count as not checked.</source>
            <translation>共{}类图层：已绑定{}类，签字声明“无”{}类；其余均按“未核查”处理。</translation>
        </message>
        <message>
            <source>Office</source>
            <translation>单位</translation>
        </message>
        <message>
            <source>Office (jurisdiction code)</source>
            <translation>单位（行政区代码）</translation>
        </message>
        <message>
            <source>Office profile</source>
            <translation>单位设置</translation>
        </message>
        <message>
            <source>Office profile: file or built-in name</source>
            <translation>机关配置：文件或内置名称</translation>
        </message>
        <message>
            <source>Offline bundle of LandReview</source>
            <translation>LandReview 离线安装包</translation>
        </message>
        <message>
            <source>Old boundary</source>
            <translation>原边界</translation>
        </message>
        <message>
            <source>Older data count as not checked</source>
            <translation>超过时限的数据按“未核查”处理</translation>
        </message>
        <message>
            <source>On request: make a parcel of each part</source>
            <translation>按需处理：各部分拆分为独立地块</translation>
        </message>
        <message>
            <source>One in each line: the applicant is told once</source>
            <translation>每行一条，一次性告知</translation>
        </message>
        <message>
            <source>One map</source>
            <translation>一张图</translation>
        </message>
        <message>
            <source>One map as it is</source>
            <translation>现有一张图</translation>
        </message>
        <message>
            <source>One of the two versions was not reviewed: what came and went is not known. Run the review.</source>
            <translation>其中一版尚未审查：无法得知新增与消失的核查结果。请先运行审查。</translation>
        </message>
        <message>
            <source>Only land in the map's window; what has no place is always shown</source>
            <translation>只列出地图窗口内的结果；没有图形位置的结果始终列出</translation>
        </message>
        <message>
            <source>Only what still keeps the case from being passed on</source>
            <translation>只列出仍妨碍上报的结果</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>待处理</translation>
        </message>
        <message>
            <source>Open a case to see its findings.</source>
            <translation>打开案卷后在此查看核查结果。</translation>
        </message>
        <message>
            <source>Open all</source>
            <translation>全部展开</translation>
        </message>
        <message>
            <source>Open case</source>
            <translation>打开案卷</translation>
        </message>
        <message>
            <source>Open the file</source>
            <translation>打开文件</translation>
        </message>
        <message>
            <source>Open the office's layers</source>
            <translation>打开本单位图层</translation>
        </message>
        <message>
            <source>Opinion</source>
            <translation>审查意见</translation>
        </message>
        <message>
            <source>Opinion: {}. {}</source>
            <translation>审查意见：{}。{}</translation>
        </message>
        <message>
            <source>Order by</source>
            <translation>排序</translation>
        </message>
        <message>
            <source>Other files of the hand-in, which must show the same land</source>
            <translation>报件中的其他文件，须与地块一致</translation>
        </message>
        <message>
            <source>Overrule…</source>
            <translation>负责人放行…</translation>
        </message>
        <message>
            <source>Overview</source>
            <translation>概况</translation>
        </message>
        <message>
            <source>Page of charts</source>
            <translation>图表网页</translation>
        </message>
        <message>
            <source>Parcel</source>
            <translation>地块</translation>
        </message>
        <message>
            <source>Parcel number</source>
            <translation>地块编号</translation>
        </message>
        <message>
            <source>Parcel number twice: {}</source>
            <translation>地块编号重复：{}</translation>
        </message>
        <message>
            <source>Parcel {} was trimmed: version {} of the hand-in. Run the review again.</source>
            <translation>地块{}已裁剪，成为第{}版申报材料。请重新审查。</translation>
        </message>
        <message>
            <source>Parcel {}: not everything on it could be judged</source>
            <translation>地块{}：部分内容无法判定</translation>
        </message>
        <message>
            <source>Parcel {}: {}</source>
            <translation>地块{}：{}</translation>
        </message>
        <message>
            <source>Parcels</source>
            <translation>地块</translation>
        </message>
        <message>
            <source>Parcels ({})</source>
            <translation>地块（{}）</translation>
        </message>
        <message>
            <source>Parcels as handed in</source>
            <translation>送审地块</translation>
        </message>
        <message>
            <source>Parcels trimmed</source>
            <translation>已裁剪地块数</translation>
        </message>
        <message>
            <source>Parcels without a suggestion</source>
            <translation>无建议的地块</translation>
        </message>
        <message>
            <source>Parcels: hand-in file or layer</source>
            <translation>地块：报件文件或图层</translation>
        </message>
        <message>
            <source>Pass the case on to the next desk</source>
            <translation>转交下一环节办理</translation>
        </message>
        <message>
            <source>Pass {} on</source>
            <translation>转送{}</translation>
        </message>
        <message>
            <source>Passed on</source>
            <translation>转办</translation>
        </message>
        <message>
            <source>Passed on to another office</source>
            <translation>转交其他单位</translation>
        </message>
        <message>
            <source>Passphrase of the file</source>
            <translation>文件口令</translation>
        </message>
        <message>
            <source>Passphrase of the hand-over file (a Basic sign-in: its password)</source>
            <translation>移交文件的口令（Basic 认证配置中的密码）</translation>
        </message>
        <message>
            <source>Patches of the land survey</source>
            <translation>国土调查图斑</translation>
        </message>
        <message>
            <source>Person and office</source>
            <translation>人员与单位</translation>
        </message>
        <message>
            <source>Person for the log</source>
            <translation>记入日志的人员</translation>
        </message>
        <message>
            <source>Pick on the map</source>
            <translation>在地图上点选</translation>
        </message>
        <message>
            <source>Pieces</source>
            <translation>图斑</translation>
        </message>
        <message>
            <source>Pieces in conflict</source>
            <translation>冲突图斑</translation>
        </message>
        <message>
            <source>Pieces of the parcels in conflict, with the attributes of both layers. VERDICT is one of conflict, not_checked, partly_covered, clear. Without COVERAGE (the land for which the reference layer is complete) it is never clear. MIN_AREA drops smaller pieces; how many and how much is said. UNCOVERED_AREA is the land of the parcels outside COVERAGE.</source>
            <translation>地块中判为冲突的部分，附地块与参考要素的属性。VERDICT 为 conflict、not_checked、partly_covered、clear 之一。未指定 COVERAGE（参考图层数据完整的区域）时绝不为 clear。MIN_AREA 以下的碎片予以忽略，其数量和面积均予说明。UNCOVERED_AREA 为 COVERAGE 以外的地块面积。</translation>
        </message>
        <message>
            <source>Plane to check in, for parcels in degrees</source>
            <translation>检查所用平面坐标系（经纬度地块）</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>点号</translation>
        </message>
        <message>
            <source>Point label</source>
            <translation>点号</translation>
        </message>
        <message>
            <source>Point table…</source>
            <translation>界址点表…</translation>
        </message>
        <message>
            <source>Points that are new</source>
            <translation>新增界址点</translation>
        </message>
        <message>
            <source>Points that moved</source>
            <translation>移动的界址点</translation>
        </message>
        <message>
            <source>PostGIS connection</source>
            <translation>PostGIS连接</translation>
        </message>
        <message>
            <source>Precision (m)</source>
            <translation>精度（米）</translation>
        </message>
        <message>
            <source>Prepare the opinion</source>
            <translation>准备审查意见</translation>
        </message>
        <message>
            <source>Print</source>
            <translation>打印</translation>
        </message>
        <message>
            <source>Print the case</source>
            <translation>打印案卷</translation>
        </message>
        <message>
            <source>Problems</source>
            <translation>问题清单</translation>
        </message>
        <message>
            <source>Problems ({})</source>
            <translation>问题（{}）</translation>
        </message>
        <message>
            <source>Problems of the hand-in</source>
            <translation>成果问题</translation>
        </message>
        <message>
            <source>Producer</source>
            <translation>数据产生单位</translation>
        </message>
        <message>
            <source>Progress of the review</source>
            <translation>审查进度</translation>
        </message>
        <message>
            <source>Project</source>
            <translation>项目名称</translation>
        </message>
        <message>
            <source>Public keys of trusted offices, separated by commas</source>
            <translation>受信任单位的公钥，以逗号分隔</translation>
        </message>
        <message>
            <source>Pull cases</source>
            <translation>接收案卷</translation>
        </message>
        <message>
            <source>Put in one of the office's text blocks</source>
            <translation>插入本单位的文字块</translation>
        </message>
        <message>
            <source>Questions of the rule pack</source>
            <translation>规则包问题</translation>
        </message>
        <message>
            <source>Questions of the rule pack answered: {}</source>
            <translation>回答规则包问题：{}个</translation>
        </message>
        <message>
            <source>Quick check</source>
            <translation>快速核查</translation>
        </message>
        <message>
            <source>Re&amp;move</source>
            <translation>移除(&amp;M)</translation>
        </message>
        <message>
            <source>Re&amp;store…</source>
            <translation>恢复(&amp;S)…</translation>
        </message>
        <message>
            <source>Read the file again with this repair; the repair is kept on record</source>
            <translation>按此处理重新读取；处理情况会记录在案</translation>
        </message>
        <message>
            <source>Reading {}</source>
            <translation>读取 {}</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>正在读取…</translation>
        </message>
        <message>
            <source>Reads a boundary-point TXT, SHP, zip, GPKG, GDB, GeoJSON, KML, KMZ, DXF, CSV or XLSX into parcels. A file with errors is refused as a whole; PROBLEMS lists every one with line, reason and next step. What was repaired while reading is said. STRICT refuses files with warnings, too.</source>
            <translation>将界址点坐标TXT、SHP、zip、GPKG、GDB、GeoJSON、KML、KMZ、DXF、CSV 或 XLSX 读取为地块。有错误的文件整体拒收；PROBLEMS 逐条列出行号、原因和处理建议。读取时所作修正均予说明。选择 STRICT 时有警告也拒收。</translation>
        </message>
        <message>
            <source>Reads what happened to the office's cases at the centre and fetches the packages that are new: cases handed over to this office, cases returned with the corrections asked, decisions. With STICK the cases of a hand-over file are taken in and RECEIPTS is written for the sender; a STICK that is such a receipt file is entered. What does not verify is not taken over. Without a screen the sign-in needs QGIS_AUTH_PASSWORD_FILE.</source>
            <translation>读取本单位案卷在中心的变化，并接收新的案卷包：移交本单位的案卷、退回补正的案卷及补正要求、批复结果。指定 STICK 时接收移交文件中的案卷，并为发送方写出 RECEIPTS 回执；STICK 为回执文件时登记回执。校验不符的一律不接收。无界面运行时，登录需要 QGIS_AUTH_PASSWORD_FILE。</translation>
        </message>
        <message>
            <source>Receipts for the sender</source>
            <translation>给发送方的回执</translation>
        </message>
        <message>
            <source>Reference &amp;layers of the centre…</source>
            <translation>中心的参考图层(&amp;L)…</translation>
        </message>
        <message>
            <source>Reference date (default: today)</source>
            <translation>审查基准日（默认当天）</translation>
        </message>
        <message>
            <source>Reference date of all cases (default: each case's own)</source>
            <translation>全部案卷的审查基准日（默认：各案卷自己的）</translation>
        </message>
        <message>
            <source>Reference feature {} is invalid ({}): area {:.2f} → {:.2f} m²</source>
            <translation>参考要素{}几何无效（{}）：面积 {:.2f} → {:.2f} 平方米</translation>
        </message>
        <message>
            <source>Reference layer</source>
            <translation>参考图层</translation>
        </message>
        <message>
            <source>Reference layers</source>
            <translation>参考图层</translation>
        </message>
        <message>
            <source>Reference layers of the data centre</source>
            <translation>数据中心的参考图层</translation>
        </message>
        <message>
            <source>Refuse warnings, too</source>
            <translation>有警告时也拒收</translation>
        </message>
        <message>
            <source>Remove files that no case names</source>
            <translation>清除没有案卷引用的文件</translation>
        </message>
        <message>
            <source>Repair on request: close narrow gaps between parcels</source>
            <translation>按需修复：消除地块间缝隙</translation>
        </message>
        <message>
            <source>Repair on request: drop doubled points</source>
            <translation>按需修复：去除重复点</translation>
        </message>
        <message>
            <source>Repair on request: drop the tips of spikes</source>
            <translation>按需修复：去除尖刺顶点</translation>
        </message>
        <message>
            <source>Repair on request: insert missing common vertices</source>
            <translation>按需修复：补充公共边顶点</translation>
        </message>
        <message>
            <source>Repair parcels</source>
            <translation>修复地块</translation>
        </message>
        <message>
            <source>Repairs made</source>
            <translation>修复记录</translation>
        </message>
        <message>
            <source>Repairs to accept, e.g. W-TXT-SWAP</source>
            <translation>同意的修正，如 W-TXT-SWAP</translation>
        </message>
        <message>
            <source>Repairs to make, by check</source>
            <translation>要做的修复（按检查编号）</translation>
        </message>
        <message>
            <source>Replay a result</source>
            <translation>复算结果</translation>
        </message>
        <message>
            <source>Restore a backup of the case store</source>
            <translation>恢复案卷库备份</translation>
        </message>
        <message>
            <source>Restore the case store</source>
            <translation>恢复案卷库</translation>
        </message>
        <message>
            <source>Result of a review (result.json)</source>
            <translation>审查结果（result.json）</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>结果目录</translation>
        </message>
        <message>
            <source>Results by county</source>
            <translation>按县区的结果</translation>
        </message>
        <message>
            <source>Resume a stopped batch</source>
            <translation>继续中断的批次</translation>
        </message>
        <message>
            <source>Return for correction…</source>
            <translation>退回补正…</translation>
        </message>
        <message>
            <source>Return {} for correction</source>
            <translation>退回补正：{}</translation>
        </message>
        <message>
            <source>Returned</source>
            <translation>退回</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>审查</translation>
        </message>
        <message>
            <source>Review a batch of cases</source>
            <translation>批量审查案卷</translation>
        </message>
        <message>
            <source>Review a case</source>
            <translation>审查案卷</translation>
        </message>
        <message>
            <source>Review a folder of hand-ins</source>
            <translation>审查文件夹中的报件</translation>
        </message>
        <message>
            <source>Review again</source>
            <translation>重新审查</translation>
        </message>
        <message>
            <source>Review of {}</source>
            <translation>审查 {}</translation>
        </message>
        <message>
            <source>Review open cases again</source>
            <translation>未结案卷重新审查</translation>
        </message>
        <message>
            <source>Review the present parcels with the present catalogue and pack</source>
            <translation>按现行图层目录和规则包重新审查当前地块</translation>
        </message>
        <message>
            <source>Reviewed (version {}): {}</source>
            <translation>审查（第{}版）：{}</translation>
        </message>
        <message>
            <source>Reviews every hand-in of INPUT_FOLDER (files, and folders with one hand-in each), or every row of MANIFEST (csv or xlsx, separator and encoding as they come: case_number, file, business_type, reference_date, or 案卷号, 文件, 业务类型, 基准日), each into a folder of its own below OUTPUT_FOLDER, and writes summary.csv and summary.html. A case that fails stops no other one. With RESUME finished cases are not done again, unless their file, the catalogue, a layer, the rule pack or a parameter has changed. WORKERS 0: one a core. SCHEDULER: the address of a dask scheduler whose workers see the same folders. COUNTIES: a layer of counties with their codes; counties.gpkg then shows the results by county. The algorithm fails (exit code 1) when a case could not be reviewed; the summary then says why.</source>
            <translation>审查 INPUT_FOLDER 中的每个报件（文件，或各含一个报件的文件夹）或 MANIFEST 的每一行（csv 或 xlsx，分隔符和编码自动识别：案卷号、文件、业务类型、基准日，或 case_number、file、business_type、reference_date），各存入 OUTPUT_FOLDER 下自己的文件夹，并写出 summary.csv 和 summary.html。一个案卷失败不影响其他案卷。RESUME 时已完成的不再做，除非其文件、目录、图层、规则包或参数有变。WORKERS 为 0：每核一个。SCHEDULER：dask 调度器地址，其工作进程须能访问相同的文件夹。COUNTIES：带代码的县区图层，counties.gpkg 将按县区显示结果。有案卷未能审查时算法失败（退出码 1），原因见汇总。</translation>
        </message>
        <message>
            <source>Reviews every hand-in of a folder, files and folders with one hand-in each, with landreview:reviewbatch. One named county-type-year-number (430998-CZPC-2026-0001.txt) is reviewed under that business type, any other under BUSINESS_TYPE. The manifest that was made is kept beside the results. Run it again after a stop: it goes on.</source>
            <translation>用 landreview:reviewbatch 审查文件夹中的所有报件（文件，或各含一个报件的文件夹）。名为“县区-类型-年-序号”（430998-CZPC-2026-0001.txt）的按其业务类型审查，其余按 BUSINESS_TYPE。生成的清单存于结果旁。中断后再次运行即继续。</translation>
        </message>
        <message>
            <source>Reviews the case at each of DATES (name=date, separated by commas; 'today' is a date) and lists what differs: rules and laws in force, layer versions chosen, verdicts and figures of the findings. At each date the catalogue's newest version that is not later counts. Writes dates.json and a page to print.</source>
            <translation>按 DATES 中的每个日期（名称=日期，以逗号分隔；today 表示今日）审查案卷，列出不同之处：生效的规则和法律依据、选用的图层版本、核查结果的结论和数值。每个日期采用目录中不晚于该日期的最新版本。输出 dates.json 和可打印的页面。</translation>
        </message>
        <message>
            <source>Reviews the cases of MANIFEST (the open ones) with today's catalogue and rule pack into a folder of its own, and compares with BEFORE, the summary.csv of the earlier batch. Each case keeps its reference date, unless REFERENCE_DATE gives another one for all of them. changes.csv lists every case whose verdict, severity or number of conflicts differs, with the rules that made the difference, and cases that only one of the batches has. Cases that could not be reviewed are listed, too, and end it with exit code 1.</source>
            <translation>用当前的目录和规则包把 MANIFEST（未结案卷）重新审查到自己的文件夹，并与 BEFORE（上一批的 summary.csv）比较。各案卷沿用自己的基准日，给出 REFERENCE_DATE 时全部改用该日期。changes.csv 列出结论、严重程度或冲突数不同的每个案卷及引起变化的规则，以及只在其中一批出现的案卷。未能审查的案卷也列出，算法以退出码 1 结束。</translation>
        </message>
        <message>
            <source>Rights</source>
            <translation>权限</translation>
        </message>
        <message>
            <source>Ring</source>
            <translation>圈号</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>用途</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>规则</translation>
        </message>
        <message>
            <source>Rule &amp;pack</source>
            <translation>规则包(&amp;P)</translation>
        </message>
        <message>
            <source>Rule and parcel</source>
            <translation>规则与地块</translation>
        </message>
        <message>
            <source>Rule pack</source>
            <translation>规则包</translation>
        </message>
        <message>
            <source>Rule pack (default: the profile's)</source>
            <translation>规则包（默认取机关配置）</translation>
        </message>
        <message>
            <source>Rule, parcel, layer, law</source>
            <translation>规则、地块、图层、法律</translation>
        </message>
        <message>
            <source>Rules need it</source>
            <translation>规则必需</translation>
        </message>
        <message>
            <source>Runs the examples of every rule and lists what the office has to confirm</source>
            <translation>运行每条规则的算例，并列出须由单位确认的内容</translation>
        </message>
        <message>
            <source>S&amp;ource</source>
            <translation>数据源(&amp;O)</translation>
        </message>
        <message>
            <source>S&amp;uggest</source>
            <translation>推荐(&amp;U)</translation>
        </message>
        <message>
            <source>Save the answers</source>
            <translation>保存回答</translation>
        </message>
        <message>
            <source>Save the cover</source>
            <translation>保存封面</translation>
        </message>
        <message>
            <source>Saved.</source>
            <translation>已保存。</translation>
        </message>
        <message>
            <source>Saved; the file was written anew, without its comments.</source>
            <translation>已保存；文件已重写，原有注释未保留。</translation>
        </message>
        <message>
            <source>Say what is to be corrected</source>
            <translation>请写明需要补正的内容</translation>
        </message>
        <message>
            <source>Search the findings</source>
            <translation>查找核查结果</translation>
        </message>
        <message>
            <source>Search the layers</source>
            <translation>搜索图层</translation>
        </message>
        <message>
            <source>Select a file first</source>
            <translation>请先选择一个文件</translation>
        </message>
        <message>
            <source>Select polygons of the active layer first.</source>
            <translation>请先选择当前图层的面要素。</translation>
        </message>
        <message>
            <source>Selected</source>
            <translation>所选要素</translation>
        </message>
        <message>
            <source>Send the same hand-over once more</source>
            <translation>按原内容再次发送</translation>
        </message>
        <message>
            <source>Service and version</source>
            <translation>服务及版本</translation>
        </message>
        <message>
            <source>Set an address and apply it first</source>
            <translation>请先填写地址并应用</translation>
        </message>
        <message>
            <source>Set for this computer by {}</source>
            <translation>本机由环境变量{}设定</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Settings: store, catalogue, profile, rules, person</source>
            <translation>设置：案卷库、图层目录、单位配置、规则、人员</translation>
        </message>
        <message>
            <source>Settled with the data centre</source>
            <translation>与数据中心核对</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>占比</translation>
        </message>
        <message>
            <source>Show or hide the cases of the office</source>
            <translation>显示或隐藏案卷面板</translation>
        </message>
        <message>
            <source>Show the case on the map</source>
            <translation>在地图上显示案卷</translation>
        </message>
        <message>
            <source>Sign the opinion</source>
            <translation>签署意见</translation>
        </message>
        <message>
            <source>Sign-in</source>
            <translation>登录方式</translation>
        </message>
        <message>
            <source>Signed &amp;by</source>
            <translation>签署人(&amp;B)</translation>
        </message>
        <message>
            <source>Signed: {} – as declared in the settings, and so logged.</source>
            <translation>签署：{}，按设置中声明的身份记入日志。</translation>
        </message>
        <message>
            <source>Signing key of the office (PEM)</source>
            <translation>本单位签名密钥（PEM）</translation>
        </message>
        <message>
            <source>Single conflicts</source>
            <translation>单项冲突核查</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Slivers left out</source>
            <translation>舍弃碎斑</translation>
        </message>
        <message>
            <source>Slivers up to {} m²; dropped sum above {} m² or {} of a parcel is a finding</source>
            <translation>碎屑上限{}平方米；舍去合计超过{}平方米或地块的{}时列为问题</translation>
        </message>
        <message>
            <source>Smallest useful area</source>
            <translation>最小可用面积</translation>
        </message>
        <message>
            <source>Smallest useful area (m²)</source>
            <translation>最小可用面积（平方米）</translation>
        </message>
        <message>
            <source>Smallest useful width</source>
            <translation>最小可用宽度</translation>
        </message>
        <message>
            <source>Smallest useful width (m)</source>
            <translation>最小可用宽度（米）</translation>
        </message>
        <message>
            <source>Something is missing: see Plugins ▸ LandReview ▸ Environment check</source>
            <translation>缺少必要的库：请查看 插件 ▸ LandReview ▸ 环境检查</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>数据源</translation>
        </message>
        <message>
            <source>Stage</source>
            <translation>办理环节</translation>
        </message>
        <message>
            <source>Stands in the way of passing it on ({}):</source>
            <translation>妨碍上报的事项（{}）：</translation>
        </message>
        <message>
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Stated ({})</source>
            <translation>申报面积（{}）</translation>
        </message>
        <message>
            <source>Stated area</source>
            <translation>申报面积</translation>
        </message>
        <message>
            <source>Stated area (ha)</source>
            <translation>申报面积（公顷）</translation>
        </message>
        <message>
            <source>Stated area of the whole case (ha)</source>
            <translation>申报总面积（公顷）</translation>
        </message>
        <message>
            <source>Statistics</source>
            <translation>统计</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop syncing</source>
            <translation>停止同步</translation>
        </message>
        <message>
            <source>Stop the review; nothing is entered</source>
            <translation>停止审查，不写入任何结果</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>正在停止…</translation>
        </message>
        <message>
            <source>Store the parcels and the file; the log begins</source>
            <translation>地块和原始文件入库，开始记录日志</translation>
        </message>
        <message>
            <source>Store, to compare with other open cases</source>
            <translation>案件库（用于与其他在办案件比较）</translation>
        </message>
        <message>
            <source>Submit cases</source>
            <translation>上报案卷</translation>
        </message>
        <message>
            <source>Submit {}</source>
            <translation>上报{}</translation>
        </message>
        <message>
            <source>Submitted</source>
            <translation>上报</translation>
        </message>
        <message>
            <source>Suggest trim: parcel {}</source>
            <translation>建议裁剪：地块{}</translation>
        </message>
        <message>
            <source>Suggest trimmed boundaries</source>
            <translation>建议裁剪边界</translation>
        </message>
        <message>
            <source>Suggest trim…</source>
            <translation>建议调整…</translation>
        </message>
        <message>
            <source>Suggested bindings</source>
            <translation>推荐的绑定</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>汇总表</translation>
        </message>
        <message>
            <source>Summary of the earlier batch</source>
            <translation>前一批的汇总</translation>
        </message>
        <message>
            <source>Summary page</source>
            <translation>汇总页面</translation>
        </message>
        <message>
            <source>Supplement areas</source>
            <translation>补充耕地范围</translation>
        </message>
        <message>
            <source>Sync now</source>
            <translation>立即同步</translation>
        </message>
        <message>
            <source>Sync reference layers</source>
            <translation>同步参考图层</translation>
        </message>
        <message>
            <source>Sync with the data centre</source>
            <translation>与数据中心同步</translation>
        </message>
        <message>
            <source>Syncing…</source>
            <translation>正在同步…</translation>
        </message>
        <message>
            <source>Take in</source>
            <translation>确认收件</translation>
        </message>
        <message>
            <source>Take in a corrected hand-in…</source>
            <translation>接收补正材料…</translation>
        </message>
        <message>
            <source>Take in a hand-over or receipt file</source>
            <translation>接收移交文件或回执</translation>
        </message>
        <message>
            <source>Take in a hand-over or receipt file…</source>
            <translation>接收移交文件或回执…</translation>
        </message>
        <message>
            <source>Take in a surveyor's file</source>
            <translation>接收测绘单位的文件</translation>
        </message>
        <message>
            <source>Take in a surveyor's file or a layer of the project</source>
            <translation>接收测绘单位的坐标文件，或工程中的图层</translation>
        </message>
        <message>
            <source>Take in as case…</source>
            <translation>收件建案…</translation>
        </message>
        <message>
            <source>Take in the correction</source>
            <translation>接收补正</translation>
        </message>
        <message>
            <source>Take in the correction…</source>
            <translation>接收补正…</translation>
        </message>
        <message>
            <source>Take in: {} (preview, nothing is stored yet)</source>
            <translation>收件：{}（预览，尚未入库）</translation>
        </message>
        <message>
            <source>Take in…</source>
            <translation>收件…</translation>
        </message>
        <message>
            <source>Take the hand-over back; the case can be changed again</source>
            <translation>撤回移交，案卷可再更改</translation>
        </message>
        <message>
            <source>Taken in: {} parcels</source>
            <translation>收件：{}个地块</translation>
        </message>
        <message>
            <source>Target coordinate system</source>
            <translation>目标坐标系</translation>
        </message>
        <message>
            <source>Tell it the other office by another way than the file.</source>
            <translation>请用文件以外的方式告知对方口令。</translation>
        </message>
        <message>
            <source>Tell the applicant once what to correct; the clock stands meanwhile</source>
            <translation>一次性告知申请人需补正的内容，补正期间停止计时</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>测试项</translation>
        </message>
        <message>
            <source>Test &amp;all</source>
            <translation>全部测试(&amp;A)</translation>
        </message>
        <message numerus="yes">
            <source>Test of %n binding(s)</source>
            <translation>
                <numerusform>测试%n项绑定</numerusform>
            </translation>
        </message>
        <message>
            <source>Test the connection</source>
            <translation>测试连接</translation>
        </message>
        <message>
            <source>Testing…</source>
            <translation>正在测试…</translation>
        </message>
        <message>
            <source>Text blocks of this office: {}</source>
            <translation>本单位的文字块：{}</translation>
        </message>
        <message>
            <source>The backup was restored.</source>
            <translation>备份已恢复。</translation>
        </message>
        <message>
            <source>The backup was restored; the store from before is kept as {}</source>
            <translation>备份已恢复；原案卷库保留为{}</translation>
        </message>
        <message>
            <source>The boundary is still being computed</source>
            <translation>边界仍在计算</translation>
        </message>
        <message>
            <source>The boundary of each parcel that takes forbidden land off and loses least: land on FORBIDDEN layers, land outside WITHIN, or the land of prohibitions in a review (RESULT_JSON with its GeoPackage beside). Old boundary points stay exactly; new ones have three decimals and lie on the inner side, so that a review of the result finds no overlap. Strips and parts below MIN_WIDTH and MIN_AREA are dropped and said. A parcel without a suggestion is named with the reason; WITHOUT lists them.</source>
            <translation>为每个地块给出去除禁止用地且损失面积最小的边界：占用FORBIDDEN图层的土地、超出WITHIN的土地，或审查结果中禁止类冲突的土地（RESULT_JSON，同目录须有其GeoPackage）。原界址点保持不变；新界址点取三位小数并落在内侧，因此对结果再审查不会有重叠。窄于MIN_WIDTH或小于MIN_AREA的狭条和碎块被舍去并注明。无建议的地块逐一说明原因，并列入WITHOUT。</translation>
        </message>
        <message>
            <source>The case can't be changed here from now on. It counts as received only when the receipt is here; until it leaves, the hand-over can be withdrawn.</source>
            <translation>移交后本单位不能再更改该案卷。收到回执才算对方已收件；发出之前可以撤回。</translation>
        </message>
        <message>
            <source>The case is archived</source>
            <translation>案卷已归档</translation>
        </message>
        <message>
            <source>The case is being handed over: it can't be changed now</source>
            <translation>案卷正在移交，暂不能更改</translation>
        </message>
        <message>
            <source>The case is closed</source>
            <translation>案卷已办结</translation>
        </message>
        <message>
            <source>The case is with {}: here it can only be read</source>
            <translation>案卷在{}办理，此处只读</translation>
        </message>
        <message>
            <source>The case store is sound: database, logs and files.</source>
            <translation>案卷库完好：数据库、日志、附件均无问题。</translation>
        </message>
        <message>
            <source>The catalogue follows: {}</source>
            <translation>图层目录已随之更新：{}</translation>
        </message>
        <message>
            <source>The catalogue was changed. Save it?</source>
            <translation>图层目录已更改，是否保存？</translation>
        </message>
        <message>
            <source>The clock stands; {} working days are left</source>
            <translation>计时暂停，剩余{}个工作日</translation>
        </message>
        <message>
            <source>The corrected parcels become a new version of the case</source>
            <translation>补正后的地块作为新版本入库</translation>
        </message>
        <message>
            <source>The correction is complete: the clock runs again</source>
            <translation>补正材料齐全，恢复计时</translation>
        </message>
        <message>
            <source>The data centre has no layer of this office.</source>
            <translation>数据中心没有本单位的图层。</translation>
        </message>
        <message>
            <source>The file could not be read: see Problems</source>
            <translation>文件无法读取，见“问题”</translation>
        </message>
        <message>
            <source>The file is being read</source>
            <translation>正在读取文件</translation>
        </message>
        <message>
            <source>The findings of both reviews are the same.</source>
            <translation>两次审查的核查结果相同。</translation>
        </message>
        <message>
            <source>The ground or the approval (number, date, office)</source>
            <translation>理由或批准文件（文号、日期、机关）</translation>
        </message>
        <message>
            <source>The hand-ins have different coordinate systems: {} and {}</source>
            <translation>两次报件的坐标系不同：{} 与 {}</translation>
        </message>
        <message>
            <source>The head's written ground for passing a prohibition on</source>
            <translation>负责人放行禁止项的书面理由</translation>
        </message>
        <message>
            <source>The layers have different coordinate systems: {}</source>
            <translation>图层的坐标系不同：{}</translation>
        </message>
        <message>
            <source>The legal basis has ended or ends within 90 days:</source>
            <translation>依据已失效或90天内失效：</translation>
        </message>
        <message>
            <source>The log was touched at {}. Restore the last backup of the case store.</source>
            <translation>日志被改动：{}。请恢复案卷库的最近备份。</translation>
        </message>
        <message>
            <source>The opinion follows the review: run the review first.</source>
            <translation>先运行审查，再出具意见。</translation>
        </message>
        <message>
            <source>The opinion: choose a conclusion, then edit the draft</source>
            <translation>审查意见：先选择结论，再修改拟稿</translation>
        </message>
        <message>
            <source>The profile has no jurisdiction: parcels may lie anywhere.</source>
            <translation>该设置未限定行政区：地块可在任意位置。</translation>
        </message>
        <message numerus="yes">
            <source>The project has all %n reference layer(s) already.</source>
            <translation>
                <numerusform>工程中已有全部%n个参考图层。</numerusform>
            </translation>
        </message>
        <message>
            <source>The project has no polygon layer</source>
            <translation>工程中没有面图层</translation>
        </message>
        <message>
            <source>The result keeps no outline of this feature.</source>
            <translation>结果中没有保存该要素的图形。</translation>
        </message>
        <message>
            <source>The rule pack asks nothing for this business type.</source>
            <translation>规则包对本业务类型没有需要回答的问题。</translation>
        </message>
        <message>
            <source>The rule pack in use stays in use: {} {}</source>
            <translation>继续使用现有规则包：{} {}</translation>
        </message>
        <message>
            <source>The stored result can't be read: run the review again.</source>
            <translation>存储的审查结果无法读取：请重新运行审查。</translation>
        </message>
        <message>
            <source>The two are not the same.</source>
            <translation>两次输入不一致。</translation>
        </message>
        <message>
            <source>There is no checklist for this business type.</source>
            <translation>本业务类型没有要件清单。</translation>
        </message>
        <message>
            <source>There is no map window</source>
            <translation>没有地图窗口</translation>
        </message>
        <message>
            <source>There is no store yet: it is made when the panel is opened</source>
            <translation>尚无案卷库：打开面板时自动建立</translation>
        </message>
        <message>
            <source>There is no such file: choose one, or make one</source>
            <translation>没有该文件：请选择或新建</translation>
        </message>
        <message>
            <source>There is no suggestion to accept</source>
            <translation>没有可采纳的建议</translation>
        </message>
        <message>
            <source>There is one version only: a correction makes the second</source>
            <translation>仅有一版材料：补正后才有第二版</translation>
        </message>
        <message>
            <source>They co&amp;ver the area of</source>
            <translation>覆盖范围取自(&amp;V)</translation>
        </message>
        <message>
            <source>This case was changed here and elsewhere. Choose for each field what counts; whatever you choose, the version of this office is kept whole beside. Outlines are on the map.</source>
            <translation>该案卷在本机和别处均有更改。请逐项选择采用哪一方；无论如何选择，本单位的版本都会完整保留备查。界线已显示在地图上。</translation>
        </message>
        <message>
            <source>Tick the layers to take</source>
            <translation>请勾选要接收的图层</translation>
        </message>
        <message>
            <source>Tidy the case store</source>
            <translation>清理案卷库</translation>
        </message>
        <message>
            <source>Time &amp;limit</source>
            <translation>办理时限(&amp;L)</translation>
        </message>
        <message>
            <source>To &amp;office</source>
            <translation>接收单位(&amp;O)</translation>
        </message>
        <message>
            <source>To be confirmed by the office (working defaults):</source>
            <translation>须由单位确认（暂用值）：</translation>
        </message>
        <message>
            <source>To office (default: above)</source>
            <translation>移交至（默认上级单位）</translation>
        </message>
        <message>
            <source>To the layer that could not be checked</source>
            <translation>转到未能核查的图层</translation>
        </message>
        <message>
            <source>Trim suggestion for parcel {}</source>
            <translation>地块{}的裁剪建议</translation>
        </message>
        <message>
            <source>Trim suggestion: parcel {}</source>
            <translation>裁剪建议：地块{}</translation>
        </message>
        <message>
            <source>Trimmed parcels</source>
            <translation>裁剪后地块</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Two versions of {}</source>
            <translation>{}的两个版本</translation>
        </message>
        <message>
            <source>Uncovered area (m²)</source>
            <translation>未覆盖面积（平方米）</translation>
        </message>
        <message>
            <source>Unit of areas</source>
            <translation>面积单位</translation>
        </message>
        <message>
            <source>Unit of areas, in every page</source>
            <translation>面积单位，各页通用</translation>
        </message>
        <message>
            <source>Unknown code: neither the profile nor the table of counties has it.</source>
            <translation>未知代码：单位设置和行政区表中均没有。</translation>
        </message>
        <message>
            <source>Update now</source>
            <translation>立即更新</translation>
        </message>
        <message>
            <source>Update reference layers</source>
            <translation>更新参考图层</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>用途</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>结论</translation>
        </message>
        <message>
            <source>Verdict at each date</source>
            <translation>各日期的结论</translation>
        </message>
        <message>
            <source>Verdict of each layer</source>
            <translation>各图层结论</translation>
        </message>
        <message>
            <source>Version {} ({})</source>
            <translation>第{}版（{}）</translation>
        </message>
        <message>
            <source>Version {} of the hand-in counts; {} reviews were made.</source>
            <translation>现行第{}版成果；已审查{}次。</translation>
        </message>
        <message>
            <source>Versions of {}</source>
            <translation>{}的各版材料</translation>
        </message>
        <message>
            <source>Waiting</source>
            <translation>待他方</translation>
        </message>
        <message>
            <source>Waiting for its turn…</source>
            <translation>排队中…</translation>
        </message>
        <message>
            <source>What</source>
            <translation>事项</translation>
        </message>
        <message>
            <source>What is listed above must be settled first</source>
            <translation>须先处理上列事项</translation>
        </message>
        <message>
            <source>What it found</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>What stands in the way</source>
            <translation>妨碍上报的事项</translation>
        </message>
        <message>
            <source>What the test found</source>
            <translation>测试结果</translation>
        </message>
        <message>
            <source>When</source>
            <translation>时间</translation>
        </message>
        <message>
            <source>Where a parcel is split, keep</source>
            <translation>地块被分割时保留</translation>
        </message>
        <message>
            <source>Where “no feature” means that there is none</source>
            <translation>在此范围内，没有要素即表示没有该类用地</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>办理人</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>依据</translation>
        </message>
        <message>
            <source>Why the finding does not hold: wrong data, wrong layer …</source>
            <translation>该结果为何不成立：数据有误、图层有误……</translation>
        </message>
        <message>
            <source>Why this number?</source>
            <translation>这个数字怎么来的？</translation>
        </message>
        <message>
            <source>Withdraw</source>
            <translation>撤回</translation>
        </message>
        <message>
            <source>Without a centre cases are reviewed, concluded and printed here.</source>
            <translation>没有数据中心时，审查、出具意见和打印均可在本机完成。</translation>
        </message>
        <message>
            <source>Without an example:</source>
            <translation>没有算例：</translation>
        </message>
        <message>
            <source>Without the approval attached the case can't be passed on.</source>
            <translation>未附批准文件，案件不能上报。</translation>
        </message>
        <message>
            <source>Workers (0: one a core)</source>
            <translation>并行进程数（0：每核一个）</translation>
        </message>
        <message>
            <source>Worst severity</source>
            <translation>最高严重程度</translation>
        </message>
        <message>
            <source>Worst verdict</source>
            <translation>结论由重到轻</translation>
        </message>
        <message>
            <source>Write the boundary-point table (CSV) with side lengths</source>
            <translation>导出界址点成果表（CSV），含边长</translation>
        </message>
        <message>
            <source>Write the ground first</source>
            <translation>请先填写理由</translation>
        </message>
        <message>
            <source>Write the opinion first</source>
            <translation>请先填写意见</translation>
        </message>
        <message>
            <source>Write the opinion on what the review found</source>
            <translation>针对审查结果出具审查意见</translation>
        </message>
        <message>
            <source>Write the parcels as SHP, GPKG, DXF, KML or GeoJSON</source>
            <translation>将地块导出为 SHP、GPKG、DXF、KML 或 GeoJSON</translation>
        </message>
        <message>
            <source>Write the text anew from the office's template (undo: Ctrl+Z)</source>
            <translation>按本单位模板重新拟稿（可用 Ctrl+Z 撤销）</translation>
        </message>
        <message>
            <source>Write this hand-over to a file…</source>
            <translation>将本案卷的移交写入文件…</translation>
        </message>
        <message>
            <source>Write waiting hand-overs to a file</source>
            <translation>将待移交案卷写入文件</translation>
        </message>
        <message>
            <source>Write waiting hand-overs to a file…</source>
            <translation>将待移交案卷写入文件…</translation>
        </message>
        <message>
            <source>Writes parcels as SHP (GBK, with .cpg and .prj), DXF (R12), KML, GPKG or GeoJSON. KML and GeoJSON hold WGS 84 degrees and are for looking at only. POINT_TABLE writes the boundary-point table, too: numbers, coordinates, side lengths. What a format can't hold is said.</source>
            <translation>将地块写为 SHP（GBK，附 .cpg 和 .prj）、DXF（R12）、KML、GPKG 或 GeoJSON。KML 与 GeoJSON 为 WGS 84 经纬度，仅供查看。POINT_TABLE 同时写出界址点成果表：点号、坐标、边长。格式无法容纳的内容会逐一说明。</translation>
        </message>
        <message>
            <source>Writes parcels of a CGCS2000 Gauss-Krüger plane as a boundary-point TXT. Points are numbered from the north-west corner, clockwise. DIALECT names a dialect of resources/dialects or of the office.</source>
            <translation>将 CGCS2000 高斯-克吕格平面上的地块写成界址点坐标TXT。界址点自西北角起顺时针编号。DIALECT 为 resources/dialects 或本机关的格式方言名称。</translation>
        </message>
        <message>
            <source>Writes the parcels of every case in APPROVALS (csv: case_number, approved_on, document) with case, approval, area, verdict and digest of the sealed result. With EXISTING, the rows of that layer for other cases are carried over and those of the listed cases are replaced: running it twice doubles nothing. All cases must be in one coordinate system. A case without a result stops it.</source>
            <translation>写出 APPROVALS（csv：case_number、approved_on、document）中每个案卷的地块，附案卷、批准信息、面积、结论和封存结果的摘要值。给出 EXISTING 时，其他案卷的行照搬，清单内案卷的行被替换：运行两次不会重复。所有案卷须为同一坐标系。有案卷没有结果即停止。</translation>
        </message>
        <message>
            <source>Writes the profile as a YAML file and chooses that; the built-in one stays as it is</source>
            <translation>将该设置写成YAML文件并改用它；内置设置不变</translation>
        </message>
        <message>
            <source>Written: {}</source>
            <translation>已写出：{}</translation>
        </message>
        <message>
            <source>X (northing)</source>
            <translation>X（纵坐标）</translation>
        </message>
        <message>
            <source>Y (easting)</source>
            <translation>Y（横坐标）</translation>
        </message>
        <message>
            <source>Year</source>
            <translation>年份</translation>
        </message>
        <message>
            <source>Zone</source>
            <translation>带号</translation>
        </message>
        <message>
            <source>Zone in front of the eastings</source>
            <translation>横坐标含带号</translation>
        </message>
        <message>
            <source>Zone width (degrees)</source>
            <translation>分带（度）</translation>
        </message>
        <message>
            <source>Zoom to</source>
            <translation>缩放到</translation>
        </message>
        <message>
            <source>Zoom to the selected parcels, or to all of them</source>
            <translation>缩放到所选地块；未选时缩放到全部</translation>
        </message>
        <message>
            <source>a quota is used</source>
            <translation>使用指标</translation>
        </message>
        <message>
            <source>a review is running</source>
            <translation>正在审查</translation>
        </message>
        <message>
            <source>added</source>
            <translation>新增</translation>
        </message>
        <message>
            <source>all features</source>
            <translation>全部要素</translation>
        </message>
        <message>
            <source>already bound; {}</source>
            <translation>已绑定；{}</translation>
        </message>
        <message>
            <source>any</source>
            <translation>不限</translation>
        </message>
        <message>
            <source>applicant</source>
            <translation>申请人</translation>
        </message>
        <message>
            <source>arable land is occupied</source>
            <translation>占用耕地</translation>
        </message>
        <message>
            <source>archived</source>
            <translation>已归档</translation>
        </message>
        <message>
            <source>as the file says</source>
            <translation>以文件为准</translation>
        </message>
        <message>
            <source>being sent</source>
            <translation>正在发送</translation>
        </message>
        <message>
            <source>business type</source>
            <translation>业务类型</translation>
        </message>
        <message>
            <source>by its name</source>
            <translation>按字段名识别</translation>
        </message>
        <message>
            <source>catalogue.yaml</source>
            <translation>图层目录.yaml</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>有变化</translation>
        </message>
        <message>
            <source>changed here and elsewhere: open it and choose</source>
            <translation>两处均有更改：请打开案卷逐项选择</translation>
        </message>
        <message>
            <source>collective land is taken</source>
            <translation>征收集体土地</translation>
        </message>
        <message>
            <source>day of acceptance</source>
            <translation>受理日期</translation>
        </message>
        <message>
            <source>decided from the file</source>
            <translation>自动判定</translation>
        </message>
        <message>
            <source>does not pass</source>
            <translation>不通过</translation>
        </message>
        <message>
            <source>due today</source>
            <translation>今日到期</translation>
        </message>
        <message>
            <source>ellipsoidal</source>
            <translation>椭球面积</translation>
        </message>
        <message>
            <source>exchanged</source>
            <translation>已对调</translation>
        </message>
        <message>
            <source>flash all</source>
            <translation>全部闪烁</translation>
        </message>
        <message>
            <source>for example: no mining rights in this county</source>
            <translation>例如：本县无探矿权</translation>
        </message>
        <message>
            <source>forest land is occupied</source>
            <translation>占用林地</translation>
        </message>
        <message>
            <source>gone</source>
            <translation>已消失</translation>
        </message>
        <message>
            <source>good</source>
            <translation>正常</translation>
        </message>
        <message>
            <source>green</source>
            <translation>正常</translation>
        </message>
        <message>
            <source>ha</source>
            <translation>公顷</translation>
        </message>
        <message>
            <source>hand-over refused</source>
            <translation>移交被拒收</translation>
        </message>
        <message>
            <source>holidays of {} are not in the calendar: counted without them</source>
            <translation>日历中没有{}年的节假日，未予扣除</translation>
        </message>
        <message>
            <source>it lies in a zone of geological hazards</source>
            <translation>位于地质灾害易发区</translation>
        </message>
        <message>
            <source>judged justified</source>
            <translation>判为有依据</translation>
        </message>
        <message>
            <source>judged mistaken</source>
            <translation>判为误判</translation>
        </message>
        <message>
            <source>land gained</source>
            <translation>土地增加</translation>
        </message>
        <message>
            <source>land is taken for area development</source>
            <translation>成片开发征收土地</translation>
        </message>
        <message>
            <source>land lost</source>
            <translation>土地减少</translation>
        </message>
        <message>
            <source>lines</source>
            <translation>线</translation>
        </message>
        <message>
            <source>look at it</source>
            <translation>需留意</translation>
        </message>
        <message>
            <source>minerals are overlaid</source>
            <translation>压覆矿产</translation>
        </message>
        <message>
            <source>missing</source>
            <translation>缺</translation>
        </message>
        <message>
            <source>moved</source>
            <translation>移动</translation>
        </message>
        <message>
            <source>mu</source>
            <translation>亩</translation>
        </message>
        <message>
            <source>name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>name, key or source</source>
            <translation>图层名、代码或数据源</translation>
        </message>
        <message>
            <source>needed when {}</source>
            <translation>{}时需要</translation>
        </message>
        <message>
            <source>new</source>
            <translation>新增</translation>
        </message>
        <message>
            <source>no</source>
            <translation>否</translation>
        </message>
        <message>
            <source>no clock yet</source>
            <translation>未计时</translation>
        </message>
        <message>
            <source>no coordinate system</source>
            <translation>无坐标系</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>不限</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>none: {}</source>
            <translation>无：{}</translation>
        </message>
        <message>
            <source>not available here: the package cryptography is missing</source>
            <translation>此处不可用：缺少 cryptography 软件包</translation>
        </message>
        <message>
            <source>not available here: the package dask.distributed is missing</source>
            <translation>此处不可用：缺少软件包 dask.distributed</translation>
        </message>
        <message>
            <source>not checked</source>
            <translation>未核查</translation>
        </message>
        <message>
            <source>not declared: never “clear”</source>
            <translation>未声明：结论不会是“无冲突”</translation>
        </message>
        <message>
            <source>not here</source>
            <translation>本机没有</translation>
        </message>
        <message>
            <source>not needed: checked</source>
            <translation>经核查不需要</translation>
        </message>
        <message>
            <source>not reviewed yet</source>
            <translation>尚未审查</translation>
        </message>
        <message>
            <source>not tested</source>
            <translation>未测试</translation>
        </message>
        <message>
            <source>not tested since the last change</source>
            <translation>更改后尚未测试</translation>
        </message>
        <message>
            <source>open</source>
            <translation>未绑定</translation>
        </message>
        <message>
            <source>opinions</source>
            <translation>意见</translation>
        </message>
        <message>
            <source>outline</source>
            <translation>界线</translation>
        </message>
        <message>
            <source>over the standard, or there is none</source>
            <translation>超过用地标准或无标准</translation>
        </message>
        <message>
            <source>overdue {} d</source>
            <translation>超{}日</translation>
        </message>
        <message>
            <source>overruled</source>
            <translation>由领导裁定通过</translation>
        </message>
        <message>
            <source>passed on</source>
            <translation>是否同意</translation>
        </message>
        <message>
            <source>passes</source>
            <translation>通过</translation>
        </message>
        <message>
            <source>pauses of the clock</source>
            <translation>计时中止</translation>
        </message>
        <message>
            <source>permanent basic farmland is occupied</source>
            <translation>占用永久基本农田</translation>
        </message>
        <message>
            <source>planar</source>
            <translation>平面面积</translation>
        </message>
        <message>
            <source>points</source>
            <translation>点</translation>
        </message>
        <message>
            <source>polygons</source>
            <translation>面</translation>
        </message>
        <message>
            <source>project</source>
            <translation>项目名称</translation>
        </message>
        <message>
            <source>received by {}</source>
            <translation>{}已收件</translation>
        </message>
        <message>
            <source>red</source>
            <translation>超期</translation>
        </message>
        <message>
            <source>reference date</source>
            <translation>审查基准日</translation>
        </message>
        <message>
            <source>removed</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>renumbered</source>
            <translation>改号</translation>
        </message>
        <message>
            <source>result that counts</source>
            <translation>有效核查结果</translation>
        </message>
        <message>
            <source>result.json</source>
            <translation>result.json</translation>
        </message>
        <message>
            <source>returned for correction</source>
            <translation>退回补正</translation>
        </message>
        <message>
            <source>stage</source>
            <translation>环节</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>停止计时</translation>
        </message>
        <message>
            <source>tested: {} good, {} to look at, {} not checked</source>
            <translation>已测试：正常{}，需留意{}，未核查{}</translation>
        </message>
        <message>
            <source>the ecological red line is touched</source>
            <translation>涉及生态保护红线</translation>
        </message>
        <message>
            <source>the land was used before approval</source>
            <translation>未批先用</translation>
        </message>
        <message>
            <source>the name that the event log shows</source>
            <translation>案卷日志中显示的姓名</translation>
        </message>
        <message>
            <source>the next of county, type and year</source>
            <translation>留空：按县、类型、年度自动编号</translation>
        </message>
        <message>
            <source>the present use differs from the survey</source>
            <translation>现状与三调不一致</translation>
        </message>
        <message>
            <source>the profile's</source>
            <translation>随单位设置</translation>
        </message>
        <message>
            <source>the results are classified</source>
            <translation>成果涉密</translation>
        </message>
        <message>
            <source>the verdict changes when the boundary moves by {distance} m</source>
            <translation>界线移动{distance}米，结论即改变</translation>
        </message>
        <message>
            <source>there</source>
            <translation>已有</translation>
        </message>
        <message>
            <source>time limit</source>
            <translation>办理时限</translation>
        </message>
        <message>
            <source>unchanged</source>
            <translation>未变</translation>
        </message>
        <message>
            <source>use</source>
            <translation>用途</translation>
        </message>
        <message>
            <source>verdict</source>
            <translation>结论</translation>
        </message>
        <message>
            <source>version {}, data of {}</source>
            <translation>第{}版，数据日期{}</translation>
        </message>
        <message>
            <source>waiting to be sent</source>
            <translation>等待发送</translation>
        </message>
        <message>
            <source>where it applies</source>
            <translation>视情况</translation>
        </message>
        <message>
            <source>with {}: can only be read here</source>
            <translation>{}办理中：本单位只读</translation>
        </message>
        <message>
            <source>yellow</source>
            <translation>预警</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>是</translation>
        </message>
        <message>
            <source>{} (guessed)</source>
            <translation>{}（识别）</translation>
        </message>
        <message>
            <source>{} ({:.1f} s)</source>
            <translation>{}（{:.1f}秒）</translation>
        </message>
        <message>
            <source>{} bound, {} signed as empty, {} open</source>
            <translation>已绑定{}，声明无{}，未绑定{}</translation>
        </message>
        <message>
            <source>{} cases</source>
            <translation>共{}件</translation>
        </message>
        <message>
            <source>{} cases were refused; they are named above</source>
            <translation>{} 个案卷被拒绝，原因见上</translation>
        </message>
        <message>
            <source>{} d</source>
            <translation>剩{}日</translation>
        </message>
        <message>
            <source>{} from</source>
            <translation>{}字段</translation>
        </message>
        <message>
            <source>{} is open in another program; the new one lies beside it: {}</source>
            <translation>{} 正被其他程序打开；新文件在其旁：{}</translation>
        </message>
        <message>
            <source>{} layers without a known name: {}</source>
            <translation>{}个图层无法按名称识别：{}</translation>
        </message>
        <message>
            <source>{} mandatory materials are missing. Drop each file on its row.</source>
            <translation>缺{}项必备要件。请把文件拖到对应的行上。</translation>
        </message>
        <message>
            <source>{} more: search for them with “lr” in the locator bar</source>
            <translation>另有{}个：请在定位栏用“lr”搜索</translation>
        </message>
        <message>
            <source>{} of {} cases could not be reviewed; see {}</source>
            <translation>{} 件（共 {} 件）未能审查，详见 {}</translation>
        </message>
        <message>
            <source>{} of {} unanswered; each counts as its worst answer until then:</source>
            <translation>未回答{}个（共{}个问题）；回答之前按最不利的情形核查：</translation>
        </message>
        <message>
            <source>{} own units, {} changed quality checks</source>
            <translation>自定义行政区{}个，改动的质检项{}个</translation>
        </message>
        <message>
            <source>{} parcels, {} points</source>
            <translation>{}个地块，{}个点</translation>
        </message>
        <message>
            <source>{} points rejected</source>
            <translation>剔除{}个点</translation>
        </message>
        <message>
            <source>{} points, {} m² (planar)</source>
            <translation>{}个界址点，{}平方米（平面）</translation>
        </message>
        <message>
            <source>{} rules, {} examples: every example holds.</source>
            <translation>{}条规则，{}个算例：全部相符。</translation>
        </message>
        <message>
            <source>{} rules, {} examples: some contradict their rule.</source>
            <translation>{}条规则，{}个算例：有算例与规则不符。</translation>
        </message>
        <message>
            <source>{} summaries, {} cases, {} older rows left out</source>
            <translation>{} 个汇总，{} 个案卷，{} 个旧行未计</translation>
        </message>
        <message>
            <source>{} was reviewed: {}</source>
            <translation>{} 审查完成：{}</translation>
        </message>
        <message>
            <source>{} was taken in: {} parcels</source>
            <translation>{} 已收件：{}个地块</translation>
        </message>
        <message>
            <source>{} working days left (due {})</source>
            <translation>剩余{}个工作日（应于{}办结）</translation>
        </message>
        <message>
            <source>{} working days overdue (due {})</source>
            <translation>已超期{}个工作日（应于{}办结）</translation>
        </message>
        <message>
            <source>{} {}: {} rules; areas {}</source>
            <translation>{} {}：{}条规则；面积按{}</translation>
        </message>
        <message>
            <source>{}: versions {} and {}</source>
            <translation>{}：第{}版与第{}版</translation>
        </message>
        <message>
            <source>{}; {}</source>
            <translation>{}；{}</translation>
        </message>
        <message>
            <source>… and {} more</source>
            <translation>……另有{}项</translation>
        </message>
        <message>
            <source>… beside the largest piece ({})</source>
            <translation>……最大块以外（{}处）</translation>
        </message>
        <message>
            <source>… dropped as too narrow ({})</source>
            <translation>……过窄舍去（{}处）</translation>
        </message>
        <message>
            <source>… dropped as too small ({})</source>
            <translation>……过小舍去（{}处）</translation>
        </message>
        <message>
            <source>… of which forbidden</source>
            <translation>……其中禁止用地</translation>
        </message>
        <message>
            <source>⚠ http is not encrypted: sign-in and cases can be read on the way.</source>
            <translation>⚠ http未加密：登录信息和案卷在传输中可被读取。</translation>
        </message>
    </context>
</TS>
