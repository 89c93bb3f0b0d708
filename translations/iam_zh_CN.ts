<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AdoptionProcess</name>
    <message>
        <source>%1 could not be started.</source>
        <translation>无法启动 %1。</translation>
    </message>
    <message>
        <source>The program iam-server was not found beside this one.</source>
        <translation>在本程序旁边没有找到 iam-server。</translation>
    </message>
    <message>
        <source>The file with the decisions could not be written.</source>
        <translation>无法写入决定文件。</translation>
    </message>
    <message>
        <source>There are more findings than can be shown here. Use “iam-server adopt --check” in a terminal.</source>
        <translation>发现太多，这里无法显示。请在终端使用“iam-server adopt --check”。</translation>
    </message>
</context>
<context>
    <name>AdoptionText</name>
    <message>
        <source>Name against the rules</source>
        <translation>名称不合规则</translation>
    </message>
    <message>
        <source>Name twice</source>
        <translation>名称重复</translation>
    </message>
    <message>
        <source>Unreadable shadow</source>
        <translation>无法读取的扩展字段</translation>
    </message>
    <message>
        <source>Unusable password</source>
        <translation>无法使用的密码</translation>
    </message>
    <message>
        <source>Owner is missing</source>
        <translation>所有者不存在</translation>
    </message>
    <message>
        <source>Owner spelled otherwise</source>
        <translation>所有者写法不同</translation>
    </message>
    <message>
        <source>Secret&apos;s id twice</source>
        <translation>密钥 ID 重复</translation>
    </message>
    <message>
        <source>Unreadable policy</source>
        <translation>无法读取的策略</translation>
    </message>
    <message>
        <source>Instance id twice</source>
        <translation>实例 ID 重复</translation>
    </message>
    <message>
        <source>Empty key</source>
        <translation>密钥为空</translation>
    </message>
    <message>
        <source>User refused today</source>
        <translation>现在会被拒绝的用户</translation>
    </message>
    <message>
        <source>Policy refused today</source>
        <translation>现在会被拒绝的策略</translation>
    </message>
    <message>
        <source>user %1</source>
        <translation>用户 %1</translation>
    </message>
    <message>
        <source>secret %1</source>
        <translation>密钥 %1</translation>
    </message>
    <message>
        <source>policy %1</source>
        <translation>策略 %1</translation>
    </message>
    <message>
        <source>take it over as it is</source>
        <translation>按原样接管</translation>
    </message>
    <message>
        <source>leave it out; it stays in the old tables</source>
        <translation>不接管；保留在旧表中</translation>
    </message>
    <message>
        <source>empty the shadow</source>
        <translation>清空扩展字段</translation>
    </message>
    <message>
        <source>lock it until it gets a new password</source>
        <translation>锁定，直到设置新密码</translation>
    </message>
    <message>
        <source>Take a dump</source>
        <translation>备份数据库</translation>
    </message>
    <message>
        <source>Store the decisions</source>
        <translation>保存决定</translation>
    </message>
    <message>
        <source>Make our tables beside the old ones</source>
        <translation>在旧表旁建立新表</translation>
    </message>
    <message>
        <source>Hold off writers to the old tables</source>
        <translation>阻止写入旧表</translation>
    </message>
    <message>
        <source>Copy users</source>
        <translation>复制用户</translation>
    </message>
    <message>
        <source>Copy and encrypt secrets</source>
        <translation>复制并加密密钥</translation>
    </message>
    <message>
        <source>Copy policies</source>
        <translation>复制策略</translation>
    </message>
    <message>
        <source>Copy removed policies</source>
        <translation>复制已删除的策略</translation>
    </message>
    <message>
        <source>Let ids go on where they were</source>
        <translation>接续原来的 ID</translation>
    </message>
    <message>
        <source>Compare every row with its copy</source>
        <translation>逐行比较原件与副本</translation>
    </message>
    <message>
        <source>Copy what sharing servers noted</source>
        <translation>复制共享期间的记录</translation>
    </message>
    <message>
        <source>Note the tables of others</source>
        <translation>记下其他程序的表</translation>
    </message>
    <message>
        <source>Exchange the old tables for ours</source>
        <translation>用新表替换旧表</translation>
    </message>
    <message>
        <source>Remove views of the old tables</source>
        <translation>删除旧表的视图</translation>
    </message>
    <message>
        <source>Bring the schema to this version</source>
        <translation>把结构升级到本版本</translation>
    </message>
    <message>
        <source>Hold off writers to our tables</source>
        <translation>阻止写入新表</translation>
    </message>
    <message>
        <source>Write the changes into the old tables</source>
        <translation>把更改写入旧表</translation>
    </message>
    <message>
        <source>Exchange our tables for the old ones</source>
        <translation>用旧表换回新表</translation>
    </message>
    <message>
        <source>the name %1</source>
        <translation>名称%1</translation>
    </message>
    <message>
        <source>it stays and denies as before, but could not be written today: %1</source>
        <translation>它保留并照旧拒绝，但现在无法这样写入：%1</translation>
    </message>
    <message>
        <source>it stays as it is, but could not be written today: %1</source>
        <translation>它保持原样，但现在无法这样写入：%1</translation>
    </message>
    <message>
        <source>give it a new name</source>
        <translation>改用新名称</translation>
    </message>
    <message>
        <source>call it %1</source>
        <translation>改名为 %1</translation>
    </message>
    <message>
        <source>give it a new id</source>
        <translation>给它新的 ID</translation>
    </message>
    <message>
        <source>let its id follow from its number</source>
        <translation>由行号得出它的 ID</translation>
    </message>
    <message>
        <source>take it over; it denies all requests of its owner</source>
        <translation>接管；它会拒绝其所有者的全部请求</translation>
    </message>
</context>
<context>
    <name>AgeText</name>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>in %n min</source>
        <translation>
            <numerusform>%n 分钟后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n h</source>
        <translation>
            <numerusform>%n 小时后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n d</source>
        <translation>
            <numerusform>%n 天后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n d ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangeText</name>
    <message>
        <source>created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>%1 created %2</source>
        <translation>%1 创建了%2</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>%1 changed %2</source>
        <translation>%1 修改了%2</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>%1 deleted %2</source>
        <translation>%1 删除了%2</translation>
    </message>
    <message>
        <source>enabled</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>%1 enabled %2</source>
        <translation>%1 启用了%2</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>禁用</translation>
    </message>
    <message>
        <source>%1 disabled %2</source>
        <translation>%1 禁用了%2</translation>
    </message>
    <message>
        <source>password changed</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>%1 changed the password of %2</source>
        <translation>%1 修改了%2 的密码</translation>
    </message>
    <message>
        <source>unlocked</source>
        <translation>解除锁定</translation>
    </message>
    <message>
        <source>%1 unlocked %2</source>
        <translation>%1 解除了%2 的锁定</translation>
    </message>
    <message>
        <source>sessions ended</source>
        <translation>结束会话</translation>
    </message>
    <message>
        <source>%1 ended all sessions of %2</source>
        <translation>%1 结束了%2 的所有会话</translation>
    </message>
    <message>
        <source>new key</source>
        <translation>更换密钥内容</translation>
    </message>
    <message>
        <source>%1 gave %2 a new key</source>
        <translation>%1 为%2 生成了新的密钥内容</translation>
    </message>
    <message>
        <source>old key ended</source>
        <translation>停用旧密钥</translation>
    </message>
    <message>
        <source>%1 ended the old key of %2</source>
        <translation>%1 停用了%2 的旧密钥</translation>
    </message>
    <message>
        <source>restored</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>%1 restored an earlier version of %2</source>
        <translation>%1 恢复了%2 的早期版本</translation>
    </message>
    <message>
        <source>logged out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>%1 logged out of %2</source>
        <translation>%1 退出了%2</translation>
    </message>
    <message>
        <source>revoked</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>%1 revoked %2</source>
        <translation>%1 吊销了%2</translation>
    </message>
    <message>
        <source>cleaned</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>%1 removed %2</source>
        <translation>%1 清理了%2</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>secret</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>old records</source>
        <translation>旧记录</translation>
    </message>
    <message>
        <source>somebody unknown</source>
        <extracomment>stands for whoever made a change that names nobody</extracomment>
        <translation>未知人员</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>a kind and a name: &quot;user foo&quot;</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <extracomment>a kind, a name and an owner: &quot;policy p0 of foo&quot;</extracomment>
        <translation>%1 %3/%2</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <extracomment>an action that this console does not know: who, its name, the object</extracomment>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>everything</source>
        <extracomment>stands for the names of the members that were changed</extracomment>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>ClusterDrawing</name>
    <message>
        <source>unheard for %1</source>
        <translation>已 %1没有消息</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, silent</source>
        <translation>%1，无应答</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>gets %1</source>
        <translation>收到 %1</translation>
    </message>
    <message>
        <source>no agent</source>
        <translation>无代理</translation>
    </message>
    <message>
        <source>down</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>%1 down</source>
        <translation>%1停止</translation>
    </message>
    <message>
        <source>healthy, %1</source>
        <translation>正常，%1</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>%1: %2, p50 %3, p99 %4</source>
        <translation>%1：%2，p50 %3，p99 %4</translation>
    </message>
    <message>
        <source>Clients</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1，地址 %2</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>有应答</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>Virtual address</source>
        <translation>虚拟地址</translation>
    </message>
    <message>
        <source>nginx</source>
        <translation>nginx</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Stores</source>
        <translation>存储</translation>
    </message>
</context>
<context>
    <name>ClusterText</name>
    <message>
        <source>nobody</source>
        <extracomment>stands for the owner of an address that no node has</extracomment>
        <translation>无人</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>on two nodes</source>
        <translation>同时在两个节点</translation>
    </message>
    <message>
        <source>disputed</source>
        <translation>有争议</translation>
    </message>
    <message>
        <source>nobody has it</source>
        <translation>无人持有</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 s</source>
        <extracomment>%1 seconds</extracomment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>none seen (± %1 s)</source>
        <translation>未发现（± %1 秒）</translation>
    </message>
    <message>
        <source>%1 s ± %2 s</source>
        <translation>%1 秒 ± %2 秒</translation>
    </message>
    <message>
        <source>keepalived was stopped on %1</source>
        <translation>%1 上的 keepalived 被停止</translation>
    </message>
    <message>
        <source>keepalived was stopped</source>
        <translation>keepalived 被停止</translation>
    </message>
    <message>
        <source>nginx on %1 did not answer</source>
        <translation>%1 上的 nginx 没有应答</translation>
    </message>
    <message>
        <source>nginx did not answer</source>
        <translation>nginx 没有应答</translation>
    </message>
    <message>
        <source>the network interface of %1 was down</source>
        <translation>%1 的网络接口断开</translation>
    </message>
    <message>
        <source>a network interface was down</source>
        <translation>网络接口断开</translation>
    </message>
    <message>
        <source>nothing was heard of %1 any more</source>
        <translation>再也收不到 %1 的消息</translation>
    </message>
    <message>
        <source>nothing was heard of the owner any more</source>
        <translation>再也收不到持有者的消息</translation>
    </message>
    <message>
        <source>the nodes saw each other again</source>
        <translation>节点之间恢复了联系</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>计划内</translation>
    </message>
    <message>
        <source>cause unknown</source>
        <translation>原因不明</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <extracomment>from one node, or state, to another</extracomment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Interruption</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>interface</source>
        <translation>网络接口</translation>
    </message>
    <message>
        <source>keepalived</source>
        <translation>keepalived</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>应答者</translation>
    </message>
    <message>
        <source>nginx</source>
        <translation>nginx</translation>
    </message>
    <message>
        <source>way to %1</source>
        <translation>到 %1 的通路</translation>
    </message>
    <message>
        <source>gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>The virtual address on its own network interface</source>
        <translation>虚拟地址是否在它自己的网络接口上</translation>
    </message>
    <message>
        <source>What its keepalived says of itself</source>
        <translation>它的 keepalived 自报的状态</translation>
    </message>
    <message>
        <source>Who answered it at the virtual address, proved by a signature</source>
        <translation>在虚拟地址上应答它的节点，由签名证明</translation>
    </message>
    <message>
        <source>a wrong signature</source>
        <translation>签名错误</translation>
    </message>
    <message>
        <source>has it</source>
        <translation>持有</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>不在此处</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>有应答</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>reachable</source>
        <translation>可达</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>不可达</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>gives the address up</source>
        <translation>正在让出地址</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>%1/s</source>
        <extracomment>requests per second</extracomment>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ClusterWords</name>
    <message>
        <source>%1 and %2</source>
        <extracomment>the last two of a list of names</extracomment>
        <translation>%1 和 %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Nothing certain is known so far.</source>
        <translation>目前还没有任何确定的信息。</translation>
    </message>
    <message>
        <source>Last known: on %1, %2 ago.</source>
        <translation>最后确知：在 %1 上，%2前。</translation>
    </message>
    <message>
        <source>%1 is on %2</source>
        <translation>%1 在 %2 上</translation>
    </message>
    <message>
        <source>Confirmed by %1, %2 ago; nobody contradicts.</source>
        <translation>%2前由 %1 确认；无人提出异议。</translation>
    </message>
    <message>
        <source>%1 holds it although its keepalived does not say MASTER: start keepalived there again, or remove the address by hand.</source>
        <translation>%1 持有该地址，但它的 keepalived 并不是 MASTER：请在那里重新启动 keepalived，或手工移除该地址。</translation>
    </message>
    <message>
        <source>Clients reach either one by chance. Both say MASTER: look whether the nodes see each other.</source>
        <translation>客户端随机到达其中一个。两者都称自己是 MASTER：请检查节点之间是否互通。</translation>
    </message>
    <message>
        <source>%1 says it has it</source>
        <translation>%1 称自己持有</translation>
    </message>
    <message>
        <source>%1 hears there: %2</source>
        <translation>%1 在该地址听到：%2</translation>
    </message>
    <message>
        <source>The witnesses contradict each other.</source>
        <translation>见证者互相矛盾。</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>.</source>
        <translation>。</translation>
    </message>
    <message>
        <source>%1 answers at the address.</source>
        <translation>在该地址应答的是 %1。</translation>
    </message>
    <message>
        <source>The fresh words of the witnesses prove no owner.</source>
        <translation>见证者的最新说法不足以证明持有者。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two whole sentences</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>Nothing fresh from %1.</source>
        <translation>%1 没有新消息。</translation>
    </message>
    <message>
        <source>%1: nothing heard for %2</source>
        <translation>%1：已 %2没有消息</translation>
    </message>
    <message>
        <source>%1 cannot reach %2</source>
        <translation>%1 无法到达 %2</translation>
    </message>
    <message>
        <source>%1: nginx does not answer</source>
        <translation>%1：nginx 无应答</translation>
    </message>
    <message>
        <source>%1: keepalived is in FAULT, it cannot take the address over</source>
        <translation>%1：keepalived 处于 FAULT，无法接管地址</translation>
    </message>
    <message>
        <source>%1: keepalived is stopped, it cannot take the address over</source>
        <translation>%1：keepalived 已停止，无法接管地址</translation>
    </message>
    <message>
        <source>%1: the %2 is down; requests go to the others</source>
        <translation>%1：%2已停止；请求转到其他服务器</translation>
    </message>
    <message>
        <source>%1: its clock is %2 ahead</source>
        <translation>%1：时钟快 %2</translation>
    </message>
    <message>
        <source>%1: its clock is %2 behind</source>
        <translation>%1：时钟慢 %2</translation>
    </message>
    <message>
        <source>The database %1 does not answer: decisions go on, changes and log-ins are refused</source>
        <translation>数据库 %1 无应答：授权判定照常进行，更改和登录被拒绝</translation>
    </message>
    <message>
        <source>Redis %1 does not answer: changes reach the other servers half a second later</source>
        <translation>Redis %1 无应答：更改晚半秒到达其他服务器</translation>
    </message>
    <message>
        <source>%1 %2 does not answer</source>
        <translation>%1 %2 无应答</translation>
    </message>
    <message>
        <source>The address of this connection does not answer. What is shown comes from %1 at its own address.</source>
        <translation>本连接的地址没有应答。所示内容来自 %1 自己的地址。</translation>
    </message>
    <message>
        <source>Nobody answers this computer at %1</source>
        <translation>在 %1 上没有节点应答本机</translation>
    </message>
    <message>
        <source>The server says “%1”, this computer concludes “%2” from the witnesses; the worse of both is shown.</source>
        <translation>服务器认为“%1”，本机根据见证得出“%2”；显示两者中较坏的。</translation>
    </message>
    <message>
        <source>Who has %1 is not known</source>
        <translation>不知道谁持有 %1</translation>
    </message>
    <message>
        <source>No node has answered for %1.</source>
        <translation>已 %1没有节点应答。</translation>
    </message>
    <message>
        <source>%1 is on %2 at the same time</source>
        <translation>%1 同时在 %2 上</translation>
    </message>
    <message>
        <source>Who has %1 is disputed</source>
        <translation>谁持有 %1 有争议</translation>
    </message>
    <message>
        <source>Nobody has %1</source>
        <translation>无人持有 %1</translation>
    </message>
    <message>
        <source>No node holds it and nobody answers there: clients cannot reach the servers.</source>
        <translation>没有节点持有它，也没有人应答：客户端无法到达服务器。</translation>
    </message>
    <message>
        <source>Who has %1 is not certain</source>
        <translation>不能确定谁持有 %1</translation>
    </message>
    <message>
        <source>What is broken is not known.</source>
        <translation>目前不知道哪里有故障。</translation>
    </message>
    <message>
        <source>Nothing is broken.</source>
        <translation>没有故障。</translation>
    </message>
    <message>
        <source>%1 has never answered this computer; perhaps there is no way to it from here. The verdict is the nodes&apos; own.</source>
        <translation>%1 从未应答过本机；也许从这里没有通路。结论由各节点自己得出。</translation>
    </message>
    <message>
        <source>The address has not moved since the journal begins.</source>
        <translation>自日志开始以来，地址没有移动过。</translation>
    </message>
    <message>
        <source>Moved %1 ago, %2: %3, because %4</source>
        <translation>%1前（%2）移动：%3，原因：%4</translation>
    </message>
    <message>
        <source>%1; interruption %2</source>
        <translation>%1；中断 %2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>a state, and for how long it has been so</extracomment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>API server</source>
        <translation>API 服务器</translation>
    </message>
    <message>
        <source>decision server</source>
        <translation>判定服务器</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>No request of this computer has got through %1 for %2</source>
        <translation>本机的请求已 %2无法通过 %1</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>The server cannot be reached.</source>
        <translation>无法连接到服务器。</translation>
    </message>
    <message>
        <source>Check that it runs and that its address is right, then try again.</source>
        <translation>请确认服务器正在运行且地址正确，然后重试。</translation>
    </message>
    <message>
        <source>The server did not answer in time.</source>
        <translation>服务器未在规定时间内响应。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>No secure connection to the server could be made.</source>
        <translation>无法与服务器建立安全连接。</translation>
    </message>
    <message>
        <source>Ask whoever runs the server for a valid certificate.</source>
        <translation>请向服务器管理员索取有效的证书。</translation>
    </message>
    <message>
        <source>Something answered that is not an IAM server.</source>
        <translation>应答方不是 IAM 服务器。</translation>
    </message>
    <message>
        <source>Check the address of the server.</source>
        <translation>请检查服务器地址。</translation>
    </message>
    <message>
        <source>The server&apos;s answer is too large.</source>
        <translation>服务器返回的内容过大。</translation>
    </message>
    <message>
        <source>Ask for less: search or filter.</source>
        <translation>请通过搜索或筛选缩小范围。</translation>
    </message>
    <message>
        <source>The server sends us to another address: %1</source>
        <translation>服务器要求转到另一个地址：%1</translation>
    </message>
    <message>
        <source>If you trust that address, connect to it directly.</source>
        <translation>如果信任该地址，请直接连接到它。</translation>
    </message>
    <message>
        <source>This was cancelled.</source>
        <translation>操作已取消。</translation>
    </message>
    <message>
        <source>The server could not read what was sent.</source>
        <translation>服务器无法读取发送的内容。</translation>
    </message>
    <message>
        <source>The server did not accept the values.</source>
        <translation>服务器未接受这些值。</translation>
    </message>
    <message>
        <source>Correct them and try again.</source>
        <translation>请更正后重试。</translation>
    </message>
    <message>
        <source>You are no longer logged in.</source>
        <translation>登录已失效。</translation>
    </message>
    <message>
        <source>Log in again.</source>
        <translation>请重新登录。</translation>
    </message>
    <message>
        <source>The server asks for a log-in.</source>
        <translation>服务器要求登录。</translation>
    </message>
    <message>
        <source>This server does not offer that.</source>
        <translation>此服务器不提供该功能。</translation>
    </message>
    <message>
        <source>It may be an older version.</source>
        <translation>它可能是较旧的版本。</translation>
    </message>
    <message>
        <source>What was sent is too large for the server.</source>
        <translation>发送的内容超过了服务器的大小限制。</translation>
    </message>
    <message>
        <source>Make it smaller and try again.</source>
        <translation>请减小内容后重试。</translation>
    </message>
    <message>
        <source>What was asked is too long for the server.</source>
        <translation>请求过长，服务器无法处理。</translation>
    </message>
    <message>
        <source>Shorten the search or the filter.</source>
        <translation>请缩短搜索或筛选条件。</translation>
    </message>
    <message>
        <source>The server waited too long for the request.</source>
        <translation>服务器等待请求超时。</translation>
    </message>
    <message>
        <source>The server has a problem with its database.</source>
        <translation>服务器的数据库出现问题。</translation>
    </message>
    <message>
        <source>Its log says more.</source>
        <translation>详情请查看服务器日志。</translation>
    </message>
    <message>
        <source>The server cannot store anything at the moment.</source>
        <translation>服务器目前无法保存数据。</translation>
    </message>
    <message>
        <source>Its disk may be full. Make room, then try again.</source>
        <translation>磁盘可能已满。请释放空间后重试。</translation>
    </message>
    <message>
        <source>The server could not store the password.</source>
        <translation>服务器无法保存密码。</translation>
    </message>
    <message>
        <source>Name or password is wrong.</source>
        <translation>用户名或密码错误。</translation>
    </message>
    <message>
        <source>Check both; capitals matter in the password.</source>
        <translation>请检查两者；密码区分大小写。</translation>
    </message>
    <message>
        <source>You may not do that.</source>
        <translation>您没有权限执行此操作。</translation>
    </message>
    <message>
        <source>An administrator can.</source>
        <translation>管理员可以执行。</translation>
    </message>
    <message>
        <source>There were too many failed log-ins.</source>
        <translation>登录失败次数过多。</translation>
    </message>
    <message>
        <source>Wait a few minutes, then try again.</source>
        <translation>请等待几分钟后重试。</translation>
    </message>
    <message>
        <source>The server is busy.</source>
        <translation>服务器繁忙。</translation>
    </message>
    <message>
        <source>This user no longer exists, or is disabled.</source>
        <translation>该用户已不存在或已被禁用。</translation>
    </message>
    <message>
        <source>Refresh the list.</source>
        <translation>请刷新列表。</translation>
    </message>
    <message>
        <source>A user of this name exists already.</source>
        <translation>同名用户已存在。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>This user has as many secrets as the server allows.</source>
        <translation>该用户的密钥数量已达到服务器上限。</translation>
    </message>
    <message>
        <source>Delete one that is no longer needed.</source>
        <translation>请删除不再需要的密钥。</translation>
    </message>
    <message>
        <source>This secret no longer exists.</source>
        <translation>该密钥已不存在。</translation>
    </message>
    <message>
        <source>This user has a secret of this name already.</source>
        <translation>该用户已有同名密钥。</translation>
    </message>
    <message>
        <source>This policy no longer exists.</source>
        <translation>该策略已不存在。</translation>
    </message>
    <message>
        <source>This user has a policy of this name already.</source>
        <translation>该用户已有同名策略。</translation>
    </message>
    <message>
        <source>Somebody else changed this in the meantime.</source>
        <translation>在此期间其他人修改了此对象。</translation>
    </message>
    <message>
        <source>Load the new state, then make your change again.</source>
        <translation>请先加载最新状态，再重新修改。</translation>
    </message>
    <message>
        <source>The server failed.</source>
        <translation>服务器出错。</translation>
    </message>
    <message>
        <source>Try again; if it fails again, the server&apos;s log says more.</source>
        <translation>请重试；如果再次失败，请查看服务器日志。</translation>
    </message>
</context>
<context>
    <name>ExplanationWords</name>
    <message>
        <source>The owner has no policies, so every request is denied.</source>
        <translation>该所有者没有策略，因此所有请求都会被拒绝。</translation>
    </message>
    <message>
        <source>Decided by %1 and %2 more.</source>
        <translation>由 %1 和另外 %2 条策略决定。</translation>
    </message>
    <message>
        <source>Decided by %1.</source>
        <translation>由 %1 决定。</translation>
    </message>
    <message>
        <source>Policy %1 could not be evaluated, which denies.</source>
        <translation>策略 %1 无法求值，因此拒绝。</translation>
    </message>
    <message>
        <source>Looked at %1 of %2 policies; the others cannot concern this request.</source>
        <translation>共 %2 条策略，检查了 %1 条；其余的与此请求无关。</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>起决定作用的策略</translation>
    </message>
    <message>
        <source>Nearest misses</source>
        <translation>最接近匹配的策略</translation>
    </message>
    <message>
        <source>Other policies that were looked at</source>
        <translation>检查过的其他策略</translation>
    </message>
    <message>
        <source>%1 more are not listed.</source>
        <translation>另有 %1 条未列出。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>matches and allows</source>
        <translation>匹配，允许</translation>
    </message>
    <message>
        <source>matches and denies, which decides</source>
        <translation>匹配，拒绝，判定到此为止</translation>
    </message>
    <message>
        <source>cannot be evaluated, which denies</source>
        <translation>无法求值，因此拒绝</translation>
    </message>
    <message>
        <source>would allow, but %1</source>
        <translation>本会允许，但%1</translation>
    </message>
    <message>
        <source>would deny, but %1</source>
        <translation>本会拒绝，但%1</translation>
    </message>
    <message>
        <source>the action does not match</source>
        <translation>操作不匹配</translation>
    </message>
    <message>
        <source>the subject does not match</source>
        <translation>主体不匹配</translation>
    </message>
    <message>
        <source>the resource does not match</source>
        <translation>资源不匹配</translation>
    </message>
    <message>
        <source>condition %1 does not hold</source>
        <translation>条件 %1 不成立</translation>
    </message>
    <message>
        <source>%1 conditions do not hold</source>
        <translation>%1 个条件不成立</translation>
    </message>
    <message>
        <source>%1 matches entry %2 of %3: %4</source>
        <translation>%1匹配第 %2 项（共 %3 项）：%4</translation>
    </message>
    <message>
        <source>%1: entry %2 of %3 cannot be evaluated: %4 – %5</source>
        <translation>%1：第 %2 项（共 %3 项）无法求值：%4 – %5</translation>
    </message>
    <message>
        <source>%1 does not match: the list is empty</source>
        <translation>%1不匹配：列表为空</translation>
    </message>
    <message>
        <source>%1 “%2” matches none of the entries (%3)</source>
        <translation>%1“%2”与任何一项都不匹配（共 %3 项）</translation>
    </message>
    <message>
        <source>%1: not reached</source>
        <translation>%1：未检查到</translation>
    </message>
    <message>
        <source>Conditions: not reached</source>
        <translation>条件：未检查到</translation>
    </message>
    <message>
        <source>%1 more conditions</source>
        <translation>另有 %1 个条件</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Condition %1 does not hold: the context has no such value</source>
        <translation>条件 %1 不成立：上下文中没有这个值</translation>
    </message>
    <message>
        <source>Condition %1 holds; it saw %2</source>
        <translation>条件 %1 成立；实际值为 %2</translation>
    </message>
    <message>
        <source>Condition %1 does not hold; it saw %2</source>
        <translation>条件 %1 不成立；实际值为 %2</translation>
    </message>
</context>
<context>
    <name>LintText</name>
    <message>
        <source>/metrics of the servers is handed on to everybody.</source>
        <translation>服务器的 /metrics 对所有人公开转发。</translation>
    </message>
    <message>
        <source>20 requests were split 11 to 9 in three of seven tries, and each worker has to find a dead server by itself; with a zone 10 to 10 in eleven of eleven.</source>
        <translation>七次试验中有三次，20 个请求被分成 11 和 9，且每个 worker 都得各自发现死掉的服务器；有 zone 时，十一次试验中十一次都是 10 和 10。</translation>
    </message>
    <message>
        <source>5 000 to 6 000 requests a second instead of 9 900 to 14 300, and 9 000 to 13 000 sockets in TIME_WAIT.</source>
        <translation>每秒 5 000 到 6 000 个请求，而不是 9 900 到 14 300 个；处于 TIME_WAIT 的套接字有 9 000 到 13 000 个。</translation>
    </message>
    <message>
        <source>A crash interrupted clients for 3.3 s at 1 s, for 0.7 s at 200 ms.</source>
        <translation>崩溃使客户端中断：间隔 1 秒时为 3.3 秒，200 毫秒时为 0.7 秒。</translation>
    </message>
    <message>
        <source>A dead nginx is found after up to {1} (check-interval × fall + check-timeout).</source>
        <translation>最多 {1} 后才发现死掉的 nginx（check-interval × fall + check-timeout）。</translation>
    </message>
    <message>
        <source>A dead node is noticed after three intervals and a little.</source>
        <translation>三个间隔再多一点之后，才发现节点已死。</translation>
    </message>
    <message>
        <source>A fault is found after up to {2} (interval × fall + timeout of {1}); {3} are wanted.</source>
        <translation>最多 {2} 后才发现故障（{1} 的 interval × fall + timeout）；期望为 {3}。</translation>
    </message>
    <message>
        <source>A hanging nginx is found after 18 s at 50 requests a second, and never at 2 a second (87 of 112 requests failed); an HTTP check finds it in 2.3 s, the agent in 0.7 to 0.9 s.</source>
        <translation>每秒 50 个请求时，18 秒后才发现挂起的 nginx；每秒 2 个时永远发现不了（112 个请求中有 87 个失败）；HTTP 检查在 2.3 秒内发现，代理在 0.7 到 0.9 秒内发现。</translation>
    </message>
    <message>
        <source>A hanging nginx is found later by one interval for each try.</source>
        <translation>每多试一次，发现挂起的 nginx 就晚一个间隔。</translation>
    </message>
    <message>
        <source>A hanging server failed half of the requests (328 of them in 14 s); with 500 ms none failed.</source>
        <translation>挂起的服务器使一半请求失败（14 秒内 328 个）；用 500 毫秒时没有失败。</translation>
    </message>
    <message>
        <source>A hanging server failed half of the requests; with 500 ms none failed.</source>
        <translation>挂起的服务器使一半请求失败；用 500 毫秒时没有失败。</translation>
    </message>
    <message>
        <source>A machine that is gone does not refuse connections, it swallows them, and each request waits that long.</source>
        <translation>消失的机器不会拒绝连接，而是吞掉连接，每个请求都要等那么久。</translation>
    </message>
    <message>
        <source>A machine that is gone does not refuse connections, it swallows them.</source>
        <translation>消失的机器不会拒绝连接，而是吞掉连接。</translation>
    </message>
    <message>
        <source>A node that is cut off does not notice it, and keeps the address beside the one that took over.</source>
        <translation>被隔断的节点自己并不知道，会与接管者同时持有该地址。</translation>
    </message>
    <message>
        <source>A node that stalls for three intervals and a little is given up, although it works.</source>
        <translation>停顿三个间隔再多一点的节点会被放弃，尽管它仍在工作。</translation>
    </message>
    <message>
        <source>A try may hang as long as its interval, and counts only then.</source>
        <translation>一次尝试可能挂起与间隔一样久，之后才算数。</translation>
    </message>
    <message>
        <source>API routes give a server only {1} to answer.</source>
        <translation>API 路由只给服务器 {1} 的应答时间。</translation>
    </message>
    <message>
        <source>Add a server with listen {1} default_server; and return 444;, or mark one of yours.</source>
        <translation>添加一个含 listen {1} default_server; 和 return 444; 的 server，或把您的某个 server 标为默认。</translation>
    </message>
    <message>
        <source>Add fall 2 and rise 2 (or fall 1, if that is what you want).</source>
        <translation>添加 fall 2 和 rise 2（如果确实想要，也可用 fall 1）。</translation>
    </message>
    <message>
        <source>Add keepalive 16; with proxy_http_version 1.1; and proxy_set_header Connection &quot;&quot;;.</source>
        <translation>添加 keepalive 16;，并配 proxy_http_version 1.1; 和 proxy_set_header Connection &quot;&quot;;。</translation>
    </message>
    <message>
        <source>Add location = /metrics { return 404; } (the collector asks the servers themselves).</source>
        <translation>添加 location = /metrics { return 404; }（采集器直接询问各服务器）。</translation>
    </message>
    <message>
        <source>Add proxy_connect_timeout 100ms;.</source>
        <translation>添加 proxy_connect_timeout 100ms;。</translation>
    </message>
    <message>
        <source>Add timeout 1 to the vrrp_script, or a limit to the command (curl -m 1).</source>
        <translation>给 vrrp_script 添加 timeout 1，或给命令加时限（curl -m 1）。</translation>
    </message>
    <message>
        <source>Add zone {1} 64k; to the upstream.</source>
        <translation>在 upstream 中添加 zone {1} 64k;。</translation>
    </message>
    <message>
        <source>After a node&apos;s crash half of the requests failed for more than 9 s; with 300 ms the interruption ended after 3.3 s at the same VRRP timers.</source>
        <translation>节点崩溃后，一半请求失败超过 9 秒；用 300 毫秒时，在同样的 VRRP 定时下中断 3.3 秒后结束。</translation>
    </message>
    <message>
        <source>Ask over HTTP with a time limit, for example curl -fsS -m 1 http://127.0.0.1:8079/nginx_health.</source>
        <translation>用带时限的 HTTP 检查，例如 curl -fsS -m 1 http://127.0.0.1:8079/nginx_health。</translation>
    </message>
    <message>
        <source>At 200 ms a stall of 0.7 s was borne and one of 0.8 s was not; shorter intervals bear less.</source>
        <translation>200 毫秒时能承受 0.7 秒的停顿，承受不了 0.8 秒；间隔越短，能承受的越少。</translation>
    </message>
    <message>
        <source>Back it up to another machine; a replica shortens the wait.</source>
        <translation>备份到另一台机器；有副本可缩短等待。</translation>
    </message>
    <message>
        <source>Both held the address for 9 s after such a cut; with a check for about 2 s.</source>
        <translation>这样隔断后两者同时持有地址 9 秒；有检查时约 2 秒。</translation>
    </message>
    <message>
        <source>Callers give up before the next server is tried; nothing is counted as a failure then.</source>
        <translation>调用方在尝试下一台服务器之前就放弃了；那时不会计为失败。</translation>
    </message>
    <message>
        <source>Callers of decisions give up earlier (usually after 1 s); nginx then counts no failure (499) and goes on asking the hanging server.</source>
        <translation>判定的调用方更早放弃（通常 1 秒后）；于是 nginx 不计失败（499），继续询问挂起的服务器。</translation>
    </message>
    <message>
        <source>Callers of decisions give up earlier (usually after 1 s); nginx then counts no failure and goes on asking the hanging server.</source>
        <translation>判定的调用方更早放弃（通常 1 秒后）；于是 nginx 不计失败，继续询问挂起的服务器。</translation>
    </message>
    <message>
        <source>Decisions wait {1} for a server that does not answer.</source>
        <translation>判定要等不应答的服务器 {1}。</translation>
    </message>
    <message>
        <source>Each repair of that node interrupts clients a second time; with equal priorities nothing moves.</source>
        <translation>该节点每次修复都会第二次中断客户端；优先级相等时什么都不会移动。</translation>
    </message>
    <message>
        <source>Each repair of that node moves the address a second time.</source>
        <translation>该节点每次修复都会使地址再移动一次。</translation>
    </message>
    <message>
        <source>Each request opens a connection of its own.</source>
        <translation>每个请求都打开自己的连接。</translation>
    </message>
    <message>
        <source>Each request to a dead node waits that long, and callers give up before the next server is tried.</source>
        <translation>对死节点的每个请求都要等那么久，调用方在尝试下一台服务器之前就放弃了。</translation>
    </message>
    <message>
        <source>Each worker keeps its own round robin and its own count of failures.</source>
        <translation>每个 worker 各自轮询、各自计数失败。</translation>
    </message>
    <message>
        <source>Event streams end after {1} without an event.</source>
        <translation>事件流在 {1} 没有事件后结束。</translation>
    </message>
    <message>
        <source>Events arrive late and in heaps, or when the buffer is full.</source>
        <translation>事件到得晚且成堆，或等到缓冲区满才到。</translation>
    </message>
    <message>
        <source>Events pass through nginx&apos;s buffer.</source>
        <translation>事件经过 nginx 的缓冲区。</translation>
    </message>
    <message>
        <source>Everybody who can read the file has it; a VRRP password also crosses the network in the clear with every advert.</source>
        <translation>能读该文件的人都有了它；VRRP 密码还会随每个通告以明文穿过网络。</translation>
    </message>
    <message>
        <source>Give all nodes the same priority.</source>
        <translation>给所有节点相同的优先级。</translation>
    </message>
    <message>
        <source>Give events a location of their own with proxy_buffering off;.</source>
        <translation>给事件一个单独的 location，并设 proxy_buffering off;。</translation>
    </message>
    <message>
        <source>Give the nodes equal priorities (equals never preempt each other), or state BACKUP and nopreempt.</source>
        <translation>给各节点相等的优先级（相等者从不互相抢占），或者用 state BACKUP 和 nopreempt。</translation>
    </message>
    <message>
        <source>It counts between two events of a stream.</source>
        <translation>它计的是流中两个事件之间的时间。</translation>
    </message>
    <message>
        <source>It tells names of routes, load and versions.</source>
        <translation>它透露路由名称、负载和版本。</translation>
    </message>
    <message>
        <source>Keep it in a file that others cannot read (mode 0640 or 0600) or in the unit&apos;s environment; in place of a VRRP password use version 3 and let the packet filter accept the other nodes only.</source>
        <translation>放在别人读不到的文件里（权限 0640 或 0600）或单元的环境中；代替 VRRP 密码，请使用第 3 版，并让包过滤器只接受其他节点。</translation>
    </message>
    <message>
        <source>Name a certificate in the definition, or add a server with listen 443 ssl;.</source>
        <translation>在定义中指定证书，或添加含 listen 443 ssl; 的 server。</translation>
    </message>
    <message>
        <source>Name the gateway&apos;s address.</source>
        <translation>填写网关的地址。</translation>
    </message>
    <message>
        <source>Neither {1} nor what it runs has a time-out.</source>
        <translation>{1} 及其运行的程序都没有时限。</translation>
    </message>
    <message>
        <source>No server is default_server for port {1}.</source>
        <translation>端口 {1} 上没有 server 是 default_server。</translation>
    </message>
    <message>
        <source>Nothing has to be done.</source>
        <translation>无需做任何事。</translation>
    </message>
    <message>
        <source>One failed connection takes a server out for 10 s.</source>
        <translation>一次连接失败就把服务器排除 10 秒。</translation>
    </message>
    <message>
        <source>One slow answer on a busy node interrupts every client once (0.2 to 0.8 s), without a fault.</source>
        <translation>繁忙节点上一次缓慢的应答就会使所有客户端中断一次（0.2 到 0.8 秒），而并没有故障。</translation>
    </message>
    <message>
        <source>Password hashes and long lists take their time, more so on a busy machine.</source>
        <translation>密码哈希和长列表需要时间，机器繁忙时更久。</translation>
    </message>
    <message>
        <source>Passwords, tokens and secret keys cross the network in the clear.</source>
        <translation>密码、令牌和密钥以明文穿过网络。</translation>
    </message>
    <message>
        <source>Quiet streams break again and again, and what happens meanwhile has to be asked for anew.</source>
        <translation>安静的流一再断开，其间发生的事必须重新询问。</translation>
    </message>
    <message>
        <source>Quiet streams break again and again.</source>
        <translation>安静的流一再断开。</translation>
    </message>
    <message>
        <source>Redis has one place: {1}.</source>
        <translation>Redis 只在一处：{1}。</translation>
    </message>
    <message>
        <source>Requests for any name, or none, are answered by one of the services.</source>
        <translation>对任何名称、或没有名称的请求，都会由某个服务应答。</translation>
    </message>
    <message>
        <source>Requests that would have been answered end with 504, and a write may have been done all the same.</source>
        <translation>本来会得到应答的请求以 504 告终，而写操作可能仍已执行。</translation>
    </message>
    <message>
        <source>Stopping nginx interrupted clients for 0.4 to 0.7 s with 250 ms, fall 2 and 250 ms.</source>
        <translation>停止 nginx 使客户端中断 0.4 到 0.7 秒（250 毫秒、fall 2、250 毫秒）。</translation>
    </message>
    <message>
        <source>Strangers learn how busy and how old the installation is.</source>
        <translation>陌生人会知道这套安装有多忙、有多旧。</translation>
    </message>
    <message>
        <source>The check only opens a connection ({1}).</source>
        <translation>检查只是打开一个连接（{1}）。</translation>
    </message>
    <message>
        <source>The database has one place: {1}.</source>
        <translation>数据库只在一处：{1}。</translation>
    </message>
    <message>
        <source>The interval counts fall times, and the last try may use its whole time-out; to this the other node&apos;s time to take over is added.</source>
        <translation>间隔要乘以 fall，最后一次尝试可能用满其时限；此外还要加上另一节点接管的时间。</translation>
    </message>
    <message>
        <source>The kernel accepts connections for an nginx that hangs, until 511 of them wait; where the program is not installed such a check often passes always.</source>
        <translation>内核会替挂起的 nginx 接受连接，直到有 511 个在等待；没有安装该程序时，这样的检查往往总是通过。</translation>
    </message>
    <message>
        <source>The node with the higher priority takes the address back as soon as it returns.</source>
        <translation>优先级较高的节点一回来就把地址拿回去。</translation>
    </message>
    <message>
        <source>The priority of {1} is {2}, that of {3} is {4}.</source>
        <translation>{1} 的优先级是 {2}，{3} 的是 {4}。</translation>
    </message>
    <message>
        <source>The priority {1} differs from that of {2} ({3}), and preemption is on.</source>
        <translation>优先级 {1} 与 {2} 的（{3}）不同，且抢占是开启的。</translation>
    </message>
    <message>
        <source>The secret {1} stands here in plain text.</source>
        <translation>密钥 {1} 以明文写在这里。</translation>
    </message>
    <message>
        <source>The servers of {1} have neither max_fails nor fail_timeout.</source>
        <translation>{1} 的各 server 既没有 max_fails 也没有 fail_timeout。</translation>
    </message>
    <message>
        <source>The service is offered without TLS.</source>
        <translation>服务没有使用 TLS。</translation>
    </message>
    <message>
        <source>The upstream {1} has no zone, and nginx has several workers.</source>
        <translation>upstream {1} 没有 zone，而 nginx 有多个 worker。</translation>
    </message>
    <message>
        <source>The upstream {1} keeps no connections.</source>
        <translation>upstream {1} 不保持连接。</translation>
    </message>
    <message>
        <source>There is no proxy_connect_timeout; nginx waits 60 s.</source>
        <translation>没有 proxy_connect_timeout；nginx 会等 60 秒。</translation>
    </message>
    <message>
        <source>To this the other node&apos;s time to take over is added.</source>
        <translation>此外还要加上另一节点接管的时间。</translation>
    </message>
    <message>
        <source>Use 10s or more.</source>
        <translation>使用 10s 或更长。</translation>
    </message>
    <message>
        <source>Use 1h.</source>
        <translation>使用 1h。</translation>
    </message>
    <message>
        <source>Use 200ms, or 500ms to 1s where virtual machines are moved or paused.</source>
        <translation>使用 200ms；在虚拟机会迁移或暂停的地方用 500ms 到 1s。</translation>
    </message>
    <message>
        <source>Use 100ms.</source>
        <translation>使用 100ms。</translation>
    </message>
    <message>
        <source>Use 500ms.</source>
        <translation>使用 500ms。</translation>
    </message>
    <message>
        <source>Use check-interval 250ms, check-timeout 250ms, fall 2.</source>
        <translation>使用 check-interval 250ms、check-timeout 250ms、fall 2。</translation>
    </message>
    <message>
        <source>Use interval 1, timeout 1, fall 2, rise 2, or the agent&apos;s track_file with a slow script behind it.</source>
        <translation>使用 interval 1、timeout 1、fall 2、rise 2，或者代理的 track_file 加一个慢速脚本作后备。</translation>
    </message>
    <message>
        <source>Use proxy_connect_timeout 100ms;.</source>
        <translation>使用 proxy_connect_timeout 100ms;。</translation>
    </message>
    <message>
        <source>Use proxy_read_timeout 1h; for events.</source>
        <translation>对事件使用 proxy_read_timeout 1h;。</translation>
    </message>
    <message>
        <source>Use proxy_read_timeout 500ms; for /healthz and /v1/authz.</source>
        <translation>对 /healthz 和 /v1/authz 使用 proxy_read_timeout 500ms;。</translation>
    </message>
    <message>
        <source>Use proxy_read_timeout of 10 s or more for the API, and short ones for decisions only.</source>
        <translation>对 API 使用 10 s 或更长的 proxy_read_timeout，短的只用于判定。</translation>
    </message>
    <message>
        <source>VRRP moves the address, not the data.</source>
        <translation>VRRP 移动的是地址，不是数据。</translation>
    </message>
    <message>
        <source>While it is away, changes reach the other servers seconds later; nothing is lost.</source>
        <translation>它不在时，更改晚几秒到达其他服务器；不会丢失任何东西。</translation>
    </message>
    <message>
        <source>While it is away, decisions go on from memory, and the API answers 503; its loss without a backup is final.</source>
        <translation>它不在时，判定凭内存继续进行，API 应答 503；没有备份的丢失无可挽回。</translation>
    </message>
    <message>
        <source>Whoever can read the network can log in.</source>
        <translation>能读到网络流量的人就能登录。</translation>
    </message>
    <message>
        <source>Whoever sees it can act as this installation; a VRRP password protects against mistakes only.</source>
        <translation>看到它的人就能冒充这套安装；VRRP 密码只能防误操作。</translation>
    </message>
    <message>
        <source>With an interval of 5 s stopping nginx interrupted clients for 1.8 to 5.8 s; with 1 s and fall 2 for 1.3 to 2.2 s; with the agent&apos;s track_file for 0.4 to 0.7 s.</source>
        <translation>间隔 5 秒时，停止 nginx 使客户端中断 1.8 到 5.8 秒；1 秒加 fall 2 时为 1.3 到 2.2 秒；用代理的 track_file 时为 0.4 到 0.7 秒。</translation>
    </message>
    <message>
        <source>Write max_fails=2 fail_timeout=5s at each server.</source>
        <translation>在每个 server 上写 max_fails=2 fail_timeout=5s。</translation>
    </message>
    <message>
        <source>keepalived takes fall 1.</source>
        <translation>keepalived 取 fall 1。</translation>
    </message>
    <message>
        <source>nginx answers unknown names with the first server of the configuration.</source>
        <translation>nginx 用配置中的第一个 server 应答未知名称。</translation>
    </message>
    <message>
        <source>nginx collects an answer&apos;s bytes before it hands them on.</source>
        <translation>nginx 先收集应答的字节，再往下传。</translation>
    </message>
    <message>
        <source>nginx takes one failure and 10 s.</source>
        <translation>nginx 取一次失败和 10 秒。</translation>
    </message>
    <message>
        <source>probe.gateway names no gateway.</source>
        <translation>probe.gateway 没有指定网关。</translation>
    </message>
    <message>
        <source>proxy_connect_timeout is {1}.</source>
        <translation>proxy_connect_timeout 是 {1}。</translation>
    </message>
    <message>
        <source>proxy_read_timeout counts between two pieces of an answer.</source>
        <translation>proxy_read_timeout 计的是应答两个片段之间的时间。</translation>
    </message>
    <message>
        <source>timeouts.api-read is {1}.</source>
        <translation>timeouts.api-read 是 {1}。</translation>
    </message>
    <message>
        <source>timeouts.connect is {1}.</source>
        <translation>timeouts.connect 是 {1}。</translation>
    </message>
    <message>
        <source>timeouts.decision-read is {1}.</source>
        <translation>timeouts.decision-read 是 {1}。</translation>
    </message>
    <message>
        <source>timeouts.stream-read is {1}.</source>
        <translation>timeouts.stream-read 是 {1}。</translation>
    </message>
    <message>
        <source>vrrp.advert-interval is {1}.</source>
        <translation>vrrp.advert-interval 是 {1}。</translation>
    </message>
    <message>
        <source>{1} has no fall: one failed try moves the address.</source>
        <translation>{1} 没有 fall：一次失败的尝试就会移动地址。</translation>
    </message>
    <message>
        <source>PUT and DELETE that get no answer are sent to the next server as well.</source>
        <translation>没有得到应答的 PUT 和 DELETE 会再发给下一台服务器。</translation>
    </message>
    <message>
        <source>nginx takes these methods for repeatable (RFC 9110, 9.2.2) and keeps only POST back; the first server may have carried them out, or do so later.</source>
        <translation>nginx 认为这些方法可以重复（RFC 9110, 9.2.2），只有 POST 不重发；而第一台服务器可能已经执行，或稍后才执行。</translation>
    </message>
    <message>
        <source>A server that hung carries the change out when it wakes, after newer ones: what was written since is lost, or what was made anew is deleted.</source>
        <translation>挂起的服务器醒来时会在更新的更改之后执行旧的更改：其间写入的内容会丢失，或重新建立的对象被删除。</translation>
    </message>
    <message>
        <source>Give changes a location of their own (map $request_method) with proxy_next_upstream off;.</source>
        <translation>给更改单独一个 location（map $request_method），其中写 proxy_next_upstream off;。</translation>
    </message>
    <message>
        <source>The gateway {1} is not in the nodes&apos; subnet ({2}).</source>
        <translation>网关 {1} 不在节点的子网（{2}）内。</translation>
    </message>
    <message>
        <source>A node that cannot reach it counts itself as cut off and gives the address up.</source>
        <translation>到达不了它的节点会认为自己被隔断，从而放弃地址。</translation>
    </message>
    <message>
        <source>A fault far away takes the address from all nodes, although every one of them could serve.</source>
        <translation>远处的一个故障会让所有节点都失去地址，尽管每个节点都能提供服务。</translation>
    </message>
    <message>
        <source>Name the address of the gateway in the nodes&apos; own subnet.</source>
        <translation>写出节点自身子网内的网关地址。</translation>
    </message>
</context>
<context>
    <name>ListState</name>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>PolicyText</name>
    <message>
        <source>the end of the text</source>
        <translation>文本结尾</translation>
    </message>
    <message>
        <source>a text in quotes</source>
        <translation>带引号的文本</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>true</source>
        <translation>true</translation>
    </message>
    <message>
        <source>false</source>
        <translation>false</translation>
    </message>
    <message>
        <source>null</source>
        <translation>null</translation>
    </message>
    <message>
        <source>something that is not JSON</source>
        <translation>非 JSON 内容</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>一个值</translation>
    </message>
    <message>
        <source>The text in quotes does not end: a &quot; is missing.</source>
        <translation>带引号的文本没有结束：缺少 &quot;。</translation>
    </message>
    <message>
        <source>A text in quotes may not contain a line break or tab.</source>
        <translation>带引号的文本中不能含有换行符或制表符。</translation>
    </message>
    <message>
        <source>After a backslash only &quot; \ / b f n r t u may stand. In a regular expression write two backslashes.</source>
        <translation>反斜杠之后只能是 &quot; \ / b f n r t u。在正则表达式中请写两个反斜杠。</translation>
    </message>
    <message>
        <source>This is no JSON: texts need quotes, numbers and true, false, null do not.</source>
        <translation>这不是 JSON：文本需要引号，数字和 true、false、null 不需要。</translation>
    </message>
    <message>
        <source>%1 may not stand here.</source>
        <translation>此处不能是%1。</translation>
    </message>
    <message>
        <source>%1 may not stand here; %2 should.</source>
        <translation>此处不能是%1，应为%2。</translation>
    </message>
    <message>
        <source>There is no rule yet: choose a template to start.</source>
        <translation>还没有规则：可从模板开始。</translation>
    </message>
    <message>
        <source>Allow reading</source>
        <translation>允许读取</translation>
    </message>
    <message>
        <source>Deny deleting</source>
        <translation>拒绝删除</translation>
    </message>
    <message>
        <source>Allow from one network</source>
        <translation>仅允许来自某个网络</translation>
    </message>
    <message>
        <source>Allow owners their own</source>
        <translation>允许所有者访问自己的资源</translation>
    </message>
    <message>
        <source>Empty rule</source>
        <translation>空规则</translation>
    </message>
    <message>
        <source>The text ends too early: something is not closed.</source>
        <translation>文本过早结束：有内容没有闭合。</translation>
    </message>
    <message>
        <source>A comma is missing before this.</source>
        <translation>此处之前缺少逗号。</translation>
    </message>
    <message>
        <source>After the last comma something must follow, or the comma must go.</source>
        <translation>最后一个逗号之后必须有内容，否则应去掉逗号。</translation>
    </message>
</context>
<context>
    <name>PumpText</name>
    <message>
        <source>Nothing waits.</source>
        <translation>没有等待的记录。</translation>
    </message>
    <message>
        <source>Records that wait: %1.</source>
        <translation>等待的记录：%1 条。</translation>
    </message>
    <message>
        <source>Records that wait: %1, the oldest for %2.</source>
        <translation>等待的记录：%1 条，最早的一条已等待 %2。</translation>
    </message>
    <message>
        <source>It is being tried now.</source>
        <translation>正在重试。</translation>
    </message>
    <message>
        <source>Next try in %1 s.</source>
        <translation>%1 秒后重试。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two whole sentences</comment>
        <translation>%1%2</translation>
    </message>
    <message>
        <source>%1 takes no records</source>
        <translation>%1 不接收记录</translation>
    </message>
    <message>
        <source>%1 has not taken a record since %2</source>
        <translation>%1 自 %2 起未接收任何记录</translation>
    </message>
    <message>
        <source>%1 is behind: %2 records, %3</source>
        <translation>%1 滞后：%2 条记录，%3</translation>
    </message>
    <message>
        <source>Because: %1.</source>
        <extracomment>%1: why, in the words of the server</extracomment>
        <translation>原因：%1。</translation>
    </message>
    <message>
        <source>What stands below was heard %1 ago.</source>
        <translation>以下内容为 %1前的状态。</translation>
    </message>
    <message>
        <source>It is not known whether everything arrives</source>
        <translation>不清楚记录是否全部送达</translation>
    </message>
    <message>
        <source>The server does not answer.</source>
        <translation>服务器没有响应。</translation>
    </message>
    <message>
        <source>Then nothing waited; what was decided since does.</source>
        <translation>当时没有等待的记录；此后的判定都在等待。</translation>
    </message>
    <message>
        <source>Then %1 records waited; what was decided since waits, too.</source>
        <translation>当时有 %1 条记录在等待；此后的判定也在等待。</translation>
    </message>
    <message>
        <source>No pump is at work: nothing arrives</source>
        <translation>没有投递进程在运行：记录无法送达</translation>
    </message>
    <message>
        <source>The one on %1 was stopped at %2.</source>
        <translation>%1 上的投递进程已于 %2 停止。</translation>
    </message>
    <message>
        <source>Nothing was heard of the one on %1 since %2, and nobody holds its lease: it has ended, or its disk takes no more.</source>
        <translation>自 %2 起没有 %1 上投递进程的消息，也没有进程持有租约：它已结束，或其磁盘已无法写入。</translation>
    </message>
    <message>
        <source>Start the server with the role pump again, before retention removes it.</source>
        <translation>请在记录因保留期被删除之前，重新启动带有 pump 角色的服务器。</translation>
    </message>
    <message numerus="yes">
        <source>%n sinks take no records</source>
        <translation>
            <numerusform>%n 个接收端不接收记录</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a sink, how it does</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>It takes records, more slowly than they are made. Nothing is lost while retention keeps them.</source>
        <translation>它在接收记录，但比记录产生得慢。只要记录仍在保留期内，就不会丢失。</translation>
    </message>
    <message numerus="yes">
        <source>%n sinks are behind</source>
        <translation>
            <numerusform>%n 个接收端滞后</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is up to date</source>
        <translation>%1 已同步</translation>
    </message>
    <message numerus="yes">
        <source>All %n sinks are up to date</source>
        <translation>
            <numerusform>全部 %n 个接收端均已同步</numerusform>
        </translation>
    </message>
    <message>
        <source>Records on their way: %1.</source>
        <translation>正在投递的记录：%1 条。</translation>
    </message>
    <message>
        <source>The pump begins</source>
        <translation>投递进程正在启动</translation>
    </message>
    <message>
        <source>It has not come to every sink yet.</source>
        <translation>尚未处理到所有接收端。</translation>
    </message>
    <message>
        <source>.</source>
        <translation>。</translation>
    </message>
    <message>
        <source>%1 refused %2 records, which are dead letters: open the sink to see where they lie.</source>
        <translation>%1 拒收了 %2 条记录，它们已成为死信：打开该接收端可查看其所在位置。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 条%2</translation>
    </message>
    <message>
        <source>%1 never got these records: %2.</source>
        <translation>%1 没有得到以下记录：%2。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Nobody holds the lease; the last one was the pump on %1, heard %2 ago.</source>
        <translation>没有进程持有租约；上一个是 %1 上的投递进程，最后消息在 %2前。</translation>
    </message>
    <message>
        <source>The pump on %1 holds the lease; told %2 ago.</source>
        <translation>%1 上的投递进程持有租约；状态更新于 %2前。</translation>
    </message>
    <message>
        <source>It is up to date.</source>
        <translation>已同步。</translation>
    </message>
    <message>
        <source>The pump has not come to it yet.</source>
        <translation>投递进程尚未处理到它。</translation>
    </message>
    <message>
        <source>The pump was stopped at %1.</source>
        <translation>投递进程已于 %1 停止。</translation>
    </message>
    <message>
        <source>Nothing was heard of the pump since %1.</source>
        <translation>自 %1 起没有投递进程的消息。</translation>
    </message>
</context>
<context>
    <name>SecretWords</name>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1，来自 %2</translation>
    </message>
    <message>
        <source>%1 from %2, action %3</source>
        <translation>%1，来自 %2，操作 %3</translation>
    </message>
</context>
<context>
    <name>ServerText</name>
    <message>
        <source>must not be empty</source>
        <translation>不能为空</translation>
    </message>
    <message>
        <source>must have a lower-case domain before the slash</source>
        <translation>斜杠之前必须是小写域名</translation>
    </message>
    <message>
        <source>must begin and end with a letter or digit</source>
        <translation>必须以字母或数字开头和结尾</translation>
    </message>
    <message>
        <source>may hold only letters, digits, hyphens, underscores and dots</source>
        <translation>只能包含字母、数字、连字符、下划线和点</translation>
    </message>
    <message>
        <source>must be %1 to %2 characters long</source>
        <translation>长度必须为 %1 到 %2 个字符</translation>
    </message>
    <message>
        <source>must be at most %1 characters long</source>
        <translation>最多 %1 个字符</translation>
    </message>
    <message>
        <source>must be at most %1 bytes long</source>
        <translation>最多 %1 个字节</translation>
    </message>
    <message>
        <source>must hold a lower-case letter</source>
        <translation>必须包含小写字母</translation>
    </message>
    <message>
        <source>must hold an upper-case letter</source>
        <translation>必须包含大写字母</translation>
    </message>
    <message>
        <source>must hold a digit</source>
        <translation>必须包含数字</translation>
    </message>
    <message>
        <source>must hold a punctuation character or symbol</source>
        <translation>必须包含标点或符号</translation>
    </message>
    <message>
        <source>must be a mail address</source>
        <translation>必须是电子邮件地址</translation>
    </message>
    <message>
        <source>must be a Unix time from 0 to 4294967295</source>
        <translation>必须是 0 到 4294967295 之间的 Unix 时间</translation>
    </message>
    <message>
        <source>must be an integer</source>
        <translation>必须是整数</translation>
    </message>
    <message>
        <source>must be an integer in range</source>
        <translation>必须是范围内的整数</translation>
    </message>
    <message>
        <source>must be an integer from 1 to 1000</source>
        <translation>必须是 1 到 1000 之间的整数</translation>
    </message>
    <message>
        <source>must be an object</source>
        <translation>必须是对象</translation>
    </message>
    <message>
        <source>must be a string</source>
        <translation>必须是字符串</translation>
    </message>
    <message>
        <source>must be true or false</source>
        <translation>必须是 true 或 false</translation>
    </message>
    <message>
        <source>must be a time such as 2026-01-31T12:00:00Z</source>
        <translation>必须是时间，例如 2026-01-31T12:00:00Z</translation>
    </message>
    <message>
        <source>must be a list of strings</source>
        <translation>必须是字符串列表</translation>
    </message>
    <message>
        <source>must be base64 text</source>
        <translation>必须是 base64 文本</translation>
    </message>
    <message>
        <source>unknown condition type</source>
        <translation>未知的条件类型</translation>
    </message>
    <message>
        <source>must be terms such as name=value, separated by commas</source>
        <translation>必须是以逗号分隔的 name=value 形式</translation>
    </message>
    <message>
        <source>not JSON at byte %1: %2</source>
        <translation>第 %1 字节处不是 JSON：%2</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired.</source>
        <translation>服务器证书已过期。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid yet; check the clock of this computer.</source>
        <translation>服务器证书尚未生效；请检查本机时钟。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was issued for another host name.</source>
        <translation>服务器证书是为其他主机名签发的。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was not issued by an authority that this computer trusts.</source>
        <translation>服务器证书不是由本机信任的机构签发的。</translation>
    </message>
    <message>
        <source>The server&apos;s certificate was revoked.</source>
        <translation>服务器证书已被吊销。</translation>
    </message>
    <message>
        <source>No secure connection to the server could be made.</source>
        <translation>无法与服务器建立安全连接。</translation>
    </message>
    <message>
        <source>An entry may have at most %1 bytes.</source>
        <translation>每一项最多 %1 字节。</translation>
    </message>
    <message>
        <source>An expression may have at most %1 bytes.</source>
        <translation>表达式最多 %1 字节。</translation>
    </message>
    <message>
        <source>This is not a valid template: %1.</source>
        <translation>这不是有效的模板：%1。</translation>
    </message>
    <message>
        <source>This is not a valid regular expression: %1.</source>
        <translation>这不是有效的正则表达式：%1。</translation>
    </message>
    <message>
        <source>This is not a network in CIDR notation, such as 10.0.0.0/8 or 2001:db8::/32.</source>
        <translation>这不是 CIDR 格式的网段，例如 10.0.0.0/8 或 2001:db8::/32。</translation>
    </message>
    <message>
        <source>The effect must be &quot;allow&quot; or &quot;deny&quot;.</source>
        <translation>effect 必须是 &quot;allow&quot; 或 &quot;deny&quot;。</translation>
    </message>
    <message>
        <source>must not be a password that is known to be used</source>
        <translation>不能是已知被使用的密码</translation>
    </message>
    <message>
        <source>must be harder to guess</source>
        <translation>必须更难猜测</translation>
    </message>
    <message>
        <source>must stay 1: this is the last enabled administrator</source>
        <translation>必须保持为 1：这是最后一个启用的管理员</translation>
    </message>
    <message>
        <source>must stay: this is the last enabled administrator</source>
        <translation>必须保留：这是最后一个启用的管理员</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>must be an IPv4 address such as 10.0.4.20, not %1</source>
        <translation>必须是 IPv4 地址，例如 10.0.4.20，而不是 %1</translation>
    </message>
    <message>
        <source>%1 cannot be the address of one machine</source>
        <translation>%1 不能是一台机器的地址</translation>
    </message>
    <message>
        <source>is the address of node %1 already</source>
        <translation>已是节点 %1 的地址</translation>
    </message>
    <message>
        <source>is the address of backend %1 already</source>
        <translation>已是后端 %1 的地址</translation>
    </message>
    <message>
        <source>is the address of the virtual address already</source>
        <translation>与虚拟地址相同</translation>
    </message>
    <message>
        <source>is the address of the cloud already</source>
        <translation>已是云平台的地址</translation>
    </message>
    <message>
        <source>is the address of the gateway already</source>
        <translation>已是网关的地址</translation>
    </message>
    <message>
        <source>must be one host name label (letters, digits, inner hyphens, at most 63), not %1</source>
        <translation>必须是一个主机名标签（字母、数字、中间的连字符，最多 63 个），而不是 %1</translation>
    </message>
    <message>
        <source>must be an absolute path of letters, digits and ._-+@ without blanks, not %1</source>
        <translation>必须是由字母、数字和 ._-+@ 组成、不含空格的绝对路径，而不是 %1</translation>
    </message>
    <message>
        <source>must be from %1 to %2, not %3</source>
        <translation>必须在 %1 到 %2 之间，而不是 %3</translation>
    </message>
    <message>
        <source>must be two to eight, not %1; left out they are the nodes</source>
        <translation>必须是 2 到 8 个，而不是 %1 个；省略时即为各节点</translation>
    </message>
    <message>
        <source>must be two to eight, not %1</source>
        <translation>必须是 2 到 8 个，而不是 %1 个</translation>
    </message>
    <message>
        <source>there is a node %1 already</source>
        <translation>已有节点 %1</translation>
    </message>
    <message>
        <source>must be an interface&apos;s name such as eth0, not %1</source>
        <translation>必须是接口名称，例如 eth0，而不是 %1</translation>
    </message>
    <message>
        <source>is called only where vip.kind is cloud</source>
        <translation>仅当 vip.kind 为 cloud 时才会调用</translation>
    </message>
    <message>
        <source>is used only where vip.kind is cloud</source>
        <translation>仅当 vip.kind 为 cloud 时才使用</translation>
    </message>
    <message>
        <source>is the first or the last address of its subnet, which no machine can have</source>
        <translation>是其子网的第一个或最后一个地址，任何机器都不能使用</translation>
    </message>
    <message>
        <source>%1 is another subnet than that of node %2 (%3)</source>
        <translation>%1 与节点 %2（%3）不在同一子网</translation>
    </message>
    <message>
        <source>must be a letter, then letters, digits, _ and -, at most 32, not %1</source>
        <translation>必须以字母开头，后接字母、数字、_ 和 -，最多 32 个，而不是 %1</translation>
    </message>
    <message>
        <source>the tutorial profile speaks VRRP version 2, which counts whole seconds</source>
        <translation>教程配置使用 VRRP 第 2 版，以整秒计</translation>
    </message>
    <message>
        <source>must be one to eight letters and digits</source>
        <translation>必须是 1 到 8 个字母和数字</translation>
    </message>
    <message>
        <source>must be whole hundredths of a second (RFC 9568), not %1</source>
        <translation>必须是百分之一秒的整数倍（RFC 9568），而不是 %1</translation>
    </message>
    <message>
        <source>VRRP version 3 has no passwords; the packet filter lets only the peers through</source>
        <translation>VRRP 第 3 版没有密码；由包过滤器只放行对等节点</translation>
    </message>
    <message>
        <source>must be a name such as iam.api.example.com, not %1</source>
        <translation>必须是域名，例如 iam.api.example.com，而不是 %1</translation>
    </message>
    <message>
        <source>is the same as domains.api</source>
        <translation>与 domains.api 相同</translation>
    </message>
    <message>
        <source>must be from 1 to 65535</source>
        <translation>必须在 1 到 65535 之间</translation>
    </message>
    <message>
        <source>%1 is %2 already</source>
        <translation>%1 已用作 %2</translation>
    </message>
    <message>
        <source>there is a backend %1 already</source>
        <translation>已有后端 %1</translation>
    </message>
    <message>
        <source>there is no node %1: name one, or give the machine&apos;s address</source>
        <translation>没有节点 %1：请指定一个节点，或给出机器的地址</translation>
    </message>
    <message>
        <source>is not that of node %1 (%2)</source>
        <translation>不是节点 %1 的地址（%2）</translation>
    </message>
    <message>
        <source>is used only where balance.method is cookie</source>
        <translation>仅当 balance.method 为 cookie 时才使用</translation>
    </message>
    <message>
        <source>must be letters, digits and _ only (nginx reads no others), not %1</source>
        <translation>只能由字母、数字和 _ 组成（nginx 不读取其他字符），而不是 %1</translation>
    </message>
    <message>
        <source>there is no node %1: name one, or give an IPv4 address</source>
        <translation>没有节点 %1：请指定一个节点，或给出 IPv4 地址</translation>
    </message>
    <message>
        <source>is the virtual address: it moves, and the data would not move with it</source>
        <translation>是虚拟地址：它会移动，而数据不会随之移动</translation>
    </message>
    <message>
        <source>must be a letter, then letters, digits and _, at most 32, not %1</source>
        <translation>必须以字母开头，后接字母、数字和 _，最多 32 个，而不是 %1</translation>
    </message>
    <message>
        <source>our servers speak to Redis without TLS</source>
        <translation>我们的服务器与 Redis 之间不使用 TLS</translation>
    </message>
    <message>
        <source>is longer than probe.check-interval: checks would pile up</source>
        <translation>比 probe.check-interval 长：检查会堆积</translation>
    </message>
    <message>
        <source>must be an address and the bits of its subnet, such as 10.0.4.99/24, not %1</source>
        <translation>必须是地址及其子网位数，例如 10.0.4.99/24，而不是 %1</translation>
    </message>
    <message>
        <source>takes one value, not a section</source>
        <translation>只取一个值，不是一节</translation>
    </message>
    <message>
        <source>takes one value, not a list</source>
        <translation>只取一个值，不是列表</translation>
    </message>
    <message>
        <source>must be true or false, not %1</source>
        <translation>必须是 true 或 false，而不是 %1</translation>
    </message>
    <message>
        <source>must be a whole number from %1 to %2, not %3</source>
        <translation>必须是 %1 到 %2 之间的整数，而不是 %3</translation>
    </message>
    <message>
        <source>must be a time such as 10s, 500ms or 1h30m, not %1</source>
        <translation>必须是时长，例如 10s、500ms 或 1h30m，而不是 %1</translation>
    </message>
    <message>
        <source>takes a list, not a section</source>
        <translation>取一个列表，不是一节</translation>
    </message>
    <message>
        <source>has an empty entry</source>
        <translation>有一个空的条目</translation>
    </message>
    <message>
        <source>takes a list of sections: each entry begins with &quot;- &quot; and has keys of its own</source>
        <translation>取一个由小节组成的列表：每项以“- ”开头并有自己的键</translation>
    </message>
    <message>
        <source>must be one of %1, not %2</source>
        <translation>必须是 %1 之一，而不是 %2</translation>
    </message>
    <message>
        <source>is a section; its keys stand below it</source>
        <translation>是一节；它的键在其下</translation>
    </message>
    <message>
        <source>unknown section%1</source>
        <translation>未知的节%1</translation>
    </message>
    <message>
        <source>unknown key%1</source>
        <translation>未知的键%1</translation>
    </message>
    <message>
        <source>a second document begins here; a configuration is one document</source>
        <translation>此处开始了第二个文档；配置只能是一个文档</translation>
    </message>
    <message>
        <source>an empty list entry</source>
        <translation>空的列表项</translation>
    </message>
    <message>
        <source>aliases (*name) are not taken; write the value out</source>
        <translation>不接受别名（*name）；请写出值</translation>
    </message>
    <message>
        <source>a configuration is a mapping (key: value), not one value</source>
        <translation>配置是映射（键: 值），不是单个值</translation>
    </message>
    <message>
        <source>a configuration is a mapping (key: value), not a list</source>
        <translation>配置是映射（键: 值），不是列表</translation>
    </message>
    <message>
        <source>a list in a list</source>
        <translation>列表中的列表</translation>
    </message>
    <message>
        <source>a key must be plain text</source>
        <translation>键必须是普通文本</translation>
    </message>
    <message>
        <source>anchors (&amp;name) are not taken; write the value out</source>
        <translation>不接受锚点（&amp;name）；请写出值</translation>
    </message>
    <message>
        <source>tags (!name) are not taken</source>
        <translation>不接受标签（!name）</translation>
    </message>
    <message>
        <source>given twice; the first is on line %1</source>
        <translation>给出了两次；第一次在第 %1 行</translation>
    </message>
    <message>
        <source>given twice</source>
        <translation>给出了两次</translation>
    </message>
    <message>
        <source>larger than 1 MiB</source>
        <translation>大于 1 MiB</translation>
    </message>
    <message>
        <source>not UTF-8 text</source>
        <translation>不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>a control character</source>
        <translation>含有控制字符</translation>
    </message>
    <message>
        <source>not YAML: a quote that is never closed</source>
        <translation>不是 YAML：引号没有闭合</translation>
    </message>
    <message>
        <source>not YAML: %1</source>
        <translation>不是 YAML：%1</translation>
    </message>
    <message>
        <source>an older one has the same name</source>
        <translation>较早的一个同名</translation>
    </message>
    <message>
        <source>extendShadow is no JSON object: the old server cannot read the row</source>
        <translation>extendShadow 不是 JSON 对象：旧服务器读不了这一行</translation>
    </message>
    <message>
        <source>there is no user %1; the old authz-server takes it all the same</source>
        <translation>没有用户 %1；旧的 authz-server 仍然会采用它</translation>
    </message>
    <message>
        <source>it is written as %1&apos;s, which the old authz-server takes for another owner than %2: kept, this %3 comes together with those of %2</source>
        <translation>它的所有者写作 %1，旧的 authz-server 认为与 %2 不是同一个：若保留，这一项（%3）将与 %2 的合在一起</translation>
    </message>
    <message>
        <source>the password is stored as something that no password fits, perhaps in plain text</source>
        <translation>存储的密码不与任何密码匹配，可能是明文</translation>
    </message>
    <message>
        <source>an older secret has the same secretID: the old authz-server takes one of the two, which is not certain</source>
        <translation>较早的密钥有相同的 secretID：旧的 authz-server 采用其中之一，无法确定是哪一个</translation>
    </message>
    <message>
        <source>the policy cannot be read (%1): the old authz-server passes over it; kept, it denies every request of its owner</source>
        <translation>策略无法读取（%1）：旧的 authz-server 会跳过它；若保留，它会拒绝其所有者的全部请求</translation>
    </message>
    <message>
        <source>an older one has the same instanceID: cleared, it gets the one that follows from its id</source>
        <translation>较早的一个有相同的 instanceID：清空后由行号得出</translation>
    </message>
    <message>
        <source>its key is empty: everybody can sign with it, here as there; remove it</source>
        <translation>它的密钥为空：新旧系统中任何人都可以用它签名；请删除</translation>
    </message>
    <message>
        <source>The table %1 has columns that ours do not have: %2. They stay with the old tables.</source>
        <translation>表 %1 有新表没有的列：%2。它们留在旧表中。</translation>
    </message>
    <message>
        <source>The table %1 is kept by %2, which knows no transactions: stop the old servers before a dump is taken of it.</source>
        <translation>表 %1 使用不支持事务的 %2 引擎：备份之前请停止旧服务器。</translation>
    </message>
    <message>
        <source>There is no table policy_audit: removed policies were not kept, and those that are removed later cannot be given back.</source>
        <translation>没有表 policy_audit：已删除的策略没有保留，以后删除的也无法交还。</translation>
    </message>
    <message>
        <source>Views stand beside the tables: %1. They show nothing while the database has our form.</source>
        <translation>表旁有视图：%1。数据库处于新的形式时它们不显示内容。</translation>
    </message>
    <message>
        <source>servers of ours share this database (store.shared-with-legacy): stop them first; one that was killed counts as running for %1 s</source>
        <translation>有新服务器正在共享此数据库（store.shared-with-legacy）：请先停止它们；被强行终止的在 %1 秒内仍算作运行</translation>
    </message>
    <message>
        <source>nobody writes to the old tables any more, old servers get an error; reading goes on until step 13, where the tables get other names%1</source>
        <translation>无人再能写入旧表，旧服务器会得到错误；第 13 步改表名之前仍可读取%1</translation>
    </message>
    <message>
        <source>%1 rows before, %2 after, %3 left out as decided</source>
        <translation>原有 %1 行，现有 %2 行，按决定略去 %3 行</translation>
    </message>
    <message>
        <source>%1 rows before, %2 after</source>
        <translation>原有 %1 行，现有 %2 行</translation>
    </message>
    <message>
        <source>%1 rows are as they were</source>
        <translation>%1 行与原来相同</translation>
    </message>
    <message>
        <source>nothing: they shared no database</source>
        <translation>没有：未曾共享数据库</translation>
    </message>
    <message>
        <source>%1, %2 bytes, sha256 %3</source>
        <translation>%1，%2 字节，sha256 %3</translation>
    </message>
    <message>
        <source>our tables are removed</source>
        <translation>新表已删除</translation>
    </message>
    <message>
        <source>the old tables can be written to again</source>
        <translation>旧表又可以写入</translation>
    </message>
    <message>
        <source>everything is done: the database has the old form</source>
        <translation>全部完成：数据库恢复了旧的形式</translation>
    </message>
    <message>
        <source>everything is done: the database was taken over before</source>
        <translation>全部完成：数据库此前已经接管</translation>
    </message>
    <message>
        <source>the database has the old form: there is nothing to give back</source>
        <translation>数据库是旧的形式：没有什么要交还</translation>
    </message>
    <message>
        <source>the old tables cannot hold what was changed here since</source>
        <translation>旧表容纳不下此后在这里的更改</translation>
    </message>
    <message>
        <source>not everything that stands in the way is decided</source>
        <translation>阻碍接管的问题没有全部作出决定</translation>
    </message>
    <message>
        <source>nothing like that was found, so nothing is to be decided</source>
        <translation>没有发现这样的问题，因此无需决定</translation>
    </message>
    <message>
        <source>the name %1 is taken</source>
        <translation>名称 %1 已被占用</translation>
    </message>
    <message>
        <source>the password was set here, and its hash is none that the old servers understand</source>
        <translation>密码是在这里设置的，旧服务器不认识它的哈希</translation>
    </message>
    <message>
        <source>its key cannot be opened with the keys in the data directory</source>
        <translation>数据目录中的密钥打不开它的密钥</translation>
    </message>
    <message>
        <source>it is disabled, and the old servers would let it in: remove or enable it</source>
        <translation>它已停用，而旧服务器会放行：请删除或启用它</translation>
    </message>
    <message>
        <source>its former key is still valid, which the old form has no place for: end it or wait</source>
        <translation>它的旧密钥仍然有效，旧的形式无处存放：请停用旧密钥或等待</translation>
    </message>
    <message>
        <source>%1 is longer than the old column</source>
        <translation>%1 超出旧列的长度</translation>
    </message>
    <message>
        <source>%1 has characters that the old column cannot hold</source>
        <translation>%1 含有旧列无法保存的字符</translation>
    </message>
    <message>
        <source>expires is out of the old range</source>
        <translation>expires 超出旧的范围</translation>
    </message>
    <message>
        <source>%1 is being taken over or given back by another process</source>
        <translation>%1 正由另一个进程接管或交还</translation>
    </message>
    <message>
        <source>this database is being given back: run adopt --back to its end first</source>
        <translation>此数据库正在交还：请先完成 adopt --back</translation>
    </message>
    <message>
        <source>mariadb-dump is not installed (Debian package mariadb-client)</source>
        <translation>没有安装 mariadb-dump（Debian 软件包 mariadb-client）</translation>
    </message>
</context>
<context>
    <name>Topology</name>
    <message>
        <source>broken</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
</context>
<context>
    <name>iam::models::AdoptionFindingModel</name>
    <message>
        <source>Good to know</source>
        <translation>供参考</translation>
    </message>
    <message>
        <source>Stands in the way</source>
        <translation>阻碍接管</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>已决定</translation>
    </message>
    <message>
        <source>it is taken over as it is</source>
        <translation>按原样接管</translation>
    </message>
    <message>
        <source>as decided when the work was begun</source>
        <translation>按开始时的决定</translation>
    </message>
    <message>
        <source>you decide</source>
        <translation>由你决定</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What it means</source>
        <translation>含义</translation>
    </message>
    <message>
        <source>What will be done</source>
        <translation>将如何处理</translation>
    </message>
</context>
<context>
    <name>iam::models::AdoptionWork</name>
    <message>
        <source>What the program wrote cannot be understood. Is it of this version?</source>
        <translation>无法理解程序的输出。它是这个版本吗？</translation>
    </message>
    <message>
        <source>The program ended before it was done.</source>
        <translation>程序没有做完就结束了。</translation>
    </message>
</context>
<context>
    <name>iam::models::ChangeListModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Changed members</source>
        <translation>变更字段</translation>
    </message>
    <message>
        <source>From address</source>
        <translation>来源地址</translation>
    </message>
    <message>
        <source>Request ID</source>
        <translation>请求 ID</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>变更前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>变更后</translation>
    </message>
</context>
<context>
    <name>iam::models::ClusterEventModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Interruption</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>报告者</translation>
    </message>
</context>
<context>
    <name>iam::models::ClusterLoadModel</name>
    <message>
        <source>Backend</source>
        <translation>后端</translation>
    </message>
    <message>
        <source>API/s</source>
        <translation>API/秒</translation>
    </message>
    <message>
        <source>API share</source>
        <translation>API 份额</translation>
    </message>
    <message>
        <source>API p99</source>
        <translation>API p99</translation>
    </message>
    <message>
        <source>Decisions/s</source>
        <translation>判定/秒</translation>
    </message>
    <message>
        <source>Decision share</source>
        <translation>判定份额</translation>
    </message>
    <message>
        <source>Decision p99</source>
        <translation>判定 p99</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
</context>
<context>
    <name>iam::models::DecisionListModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Request ID</source>
        <translation>请求 ID</translation>
    </message>
    <message>
        <source>Request was denied by default</source>
        <translation>请求被默认拒绝</translation>
    </message>
    <message>
        <source>Request was forcefully denied</source>
        <translation>请求被策略明确拒绝</translation>
    </message>
    <message>
        <source>The policies could not be read</source>
        <translation>无法读取策略</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Deciding would take too much work</source>
        <translation>判定的工作量超出限度</translation>
    </message>
</context>
<context>
    <name>iam::models::LoginListModel</name>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始于</translation>
    </message>
    <message>
        <source>Ends at the latest</source>
        <translation>最迟结束于</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>%1 (this one)</source>
        <translation>%1（当前登录）</translation>
    </message>
</context>
<context>
    <name>iam::models::PolicyListModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>deny</source>
        <translation>拒绝</translation>
    </message>
</context>
<context>
    <name>iam::models::SecretListModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Secret ID</source>
        <translation>密钥 ID</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>过期时间</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>expires soon</source>
        <translation>即将过期</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>never</source>
        <translation>永不</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>已禁用</translation>
    </message>
    <message>
        <source>two keys</source>
        <translation>两个密钥</translation>
    </message>
    <message>
        <source>%1 from %2, action %3</source>
        <translation>%1，来自 %2，操作 %3</translation>
    </message>
    <message>
        <source>never</source>
        <comment>used</comment>
        <translation>从未</translation>
    </message>
</context>
<context>
    <name>iam::models::SinkListModel</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 条%2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>%1 (old list)</source>
        <extracomment>of a sink that gets the records of the old system&apos;s list</extracomment>
        <translation>%1（旧队列）</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>已同步</translation>
    </message>
    <message>
        <source>behind</source>
        <translation>滞后</translation>
    </message>
    <message>
        <source>takes nothing</source>
        <translation>不接收</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>pump stopped</source>
        <translation>投递已停止</translation>
    </message>
    <message>
        <source>no pump</source>
        <translation>无投递进程</translation>
    </message>
    <message>
        <source>lost in a crash</source>
        <extracomment>records that …</extracomment>
        <translation>因崩溃丢失</translation>
    </message>
    <message>
        <source>dropped under load</source>
        <translation>因过载丢弃</translation>
    </message>
    <message>
        <source>refused by the log</source>
        <translation>被日志拒收</translation>
    </message>
    <message>
        <source>in damaged blocks</source>
        <translation>位于损坏的块中</translation>
    </message>
    <message>
        <source>removed by retention</source>
        <translation>已按保留期删除</translation>
    </message>
    <message>
        <source>Sink</source>
        <translation>接收端</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Lag</source>
        <extracomment>the age of the oldest record that waits</extracomment>
        <translation>滞后</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>最近的错误</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>下次重试</translation>
    </message>
    <message>
        <source>Taken</source>
        <extracomment>records</extracomment>
        <translation>已接收</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Filtered out</source>
        <translation>已过滤</translation>
    </message>
    <message>
        <source>Missing</source>
        <extracomment>records that could not be had</extracomment>
        <translation>缺失</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>in %1 s</source>
        <translation>%1 秒后</translation>
    </message>
</context>
<context>
    <name>iam::models::UserListModel</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Last log-in</source>
        <translation>上次登录</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>enabled</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>已禁用</translation>
    </message>
</context>
<context>
    <name>iam::pages::AdoptionDecision</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Nothing is to be decided: the row is taken over as it is.</source>
        <translation>无需决定：这一行按原样接管。</translation>
    </message>
    <message>
        <source>This was decided when the work was begun. To decide otherwise, give the database back first.</source>
        <translation>开始时已经决定。要改变决定，请先交还数据库。</translation>
    </message>
    <message>
        <source>What will be done with it</source>
        <translation>如何处理它</translation>
    </message>
    <message>
        <source>&amp;New name</source>
        <translation>新名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Decide all %1 of this kind so</source>
        <translation>同类的 %1 项都这样决定(&amp;D)</translation>
    </message>
</context>
<context>
    <name>iam::pages::AdoptionPage</name>
    <message>
        <source>What happens</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Way</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>上一步(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Give it back…</source>
        <translation>交还…(&amp;G)</translation>
    </message>
    <message>
        <source>Take over an old system</source>
        <translation>接管旧系统</translation>
    </message>
    <message>
        <source>Move the users, secrets and policies of a marmotedu/iam installation here, or share them with it.</source>
        <translation>把 marmotedu/iam 的用户、密钥和策略迁移到这里，或与它共享。</translation>
    </message>
    <message>
        <source>First the database is checked. That reads every row and changes nothing; an account with no right but SELECT will do.</source>
        <translation>首先检查数据库。检查会读取每一行，不作任何更改；只有 SELECT 权限的账户就足够。</translation>
    </message>
    <message>
        <source>The report counts what is there and names what cannot be taken over as it is: names that are there twice, shadows that cannot be read, passwords that fit nobody. You decide what becomes of each.</source>
        <translation>报告列出数据量，以及无法按原样接管的内容：重复的名称、无法读取的扩展字段、与任何人都不匹配的密码。每一项如何处理由你决定。</translation>
    </message>
    <message>
        <source>Then you choose. Sharing lets the old servers and ours work side by side. Taking it over for good moves the rows to our tables.</source>
        <translation>然后选择方式。共享时新旧服务器并行工作；正式接管则把数据迁移到新表。</translation>
    </message>
    <message>
        <source>Before anything is changed a dump is taken. The work goes on wherever it was ended, even when the console or the machine goes away, and the database can be given back.</source>
        <translation>更改之前先备份。无论在哪里中断，即使控制台或机器停止，都可以接着做；数据库也可以交还。</translation>
    </message>
    <message>
        <source>The server that this console is logged in to has no part in it.</source>
        <translation>本控制台登录的服务器与此无关。</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Close; back to the console</source>
        <translation>关闭，返回控制台</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>To the &amp;report</source>
        <translation>查看报告(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>&amp;Check the database</source>
        <translation>检查数据库(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>完成(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Go on…</source>
        <translation>继续…(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Take it over…</source>
        <translation>接管…(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Stop after this step</source>
        <translation>此步完成后停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Try again to give it back</source>
        <translation>再次尝试交还(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
    <message>
        <source>The check was stopped. Nothing was changed.</source>
        <translation>检查已停止。没有作任何更改。</translation>
    </message>
    <message>
        <source>The database could not be checked.</source>
        <translation>无法检查数据库。</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Rows that move to our tables: %1</source>
        <translation>迁移到新表的行数：%1</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Rows that are changed as decided in the report: %1</source>
        <translation>按报告中的决定更改的行数：%1</translation>
    </message>
    <message>
        <source>Of these, left out: %1</source>
        <translation>其中不接管的：%1</translation>
    </message>
    <message>
        <source>Take over “%1”?</source>
        <translation>接管“%1”？</translation>
    </message>
    <message>
        <source>First a dump is taken, to %1. From the fourth step on the old servers cannot write any more. It can be stopped between steps, and given back as long as the old tables are kept.</source>
        <translation>首先备份到 %1。从第四步起旧服务器不能再写入。可以在两步之间停止；只要旧表还在，就可以交还。</translation>
    </message>
    <message>
        <source>&amp;Take it over</source>
        <translation>接管(&amp;T)</translation>
    </message>
    <message>
        <source>Give “%1” back to the old system?</source>
        <translation>把“%1”交还旧系统？</translation>
    </message>
    <message>
        <source>Our servers must be stopped. What was changed since is written into the old tables first, and what they cannot hold is named before anything is changed. A dump is taken, to %1.</source>
        <translation>新服务器必须先停止。此后的更改会先写入旧表；旧表容纳不下的，会在更改之前列出。会先备份到 %1。</translation>
    </message>
    <message>
        <source>Our tables are removed, with versions, log-ins and records of changes</source>
        <translation>新表将被删除，包括版本、登录和更改记录</translation>
    </message>
    <message>
        <source>&amp;Give it back</source>
        <translation>交还(&amp;G)</translation>
    </message>
</context>
<context>
    <name>iam::pages::AdoptionPlaceForm</name>
    <message>
        <source>&amp;Host</source>
        <translation>主机(&amp;H)</translation>
    </message>
    <message>
        <source>A name, an address, or the path of a Unix socket</source>
        <translation>主机名、地址或 Unix 套接字的路径</translation>
    </message>
    <message>
        <source>P&amp;ort</source>
        <translation>端口(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Database</source>
        <translation>数据库(&amp;D)</translation>
    </message>
    <message>
        <source>As the old servers&apos; mysql.database</source>
        <translation>即旧服务器的 mysql.database</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>用户(&amp;U)</translation>
    </message>
    <message>
        <source>Checking needs no right but SELECT</source>
        <translation>检查只需要 SELECT 权限</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>It is not stored, and stands on no command line</source>
        <translation>不会保存，也不会出现在命令行上</translation>
    </message>
    <message>
        <source>Encryption on the way (TLS), when the database server has it</source>
        <translation>传输加密（TLS），如果数据库服务器支持</translation>
    </message>
    <message>
        <source>File of the &amp;authority</source>
        <translation>颁发机构证书文件(&amp;A)</translation>
    </message>
    <message>
        <source>PEM; with it, a connection without TLS is refused</source>
        <translation>PEM；给出后拒绝不加密的连接</translation>
    </message>
    <message>
        <source>Own &amp;certificate</source>
        <translation>自己的证书(&amp;C)</translation>
    </message>
    <message>
        <source>PEM, when it asks for one</source>
        <translation>PEM，如果服务器要求</translation>
    </message>
    <message>
        <source>Its &amp;key</source>
        <translation>证书的私钥(&amp;K)</translation>
    </message>
    <message>
        <source>PEM</source>
        <translation>PEM</translation>
    </message>
    <message>
        <source>The database is read</source>
        <translation>正在读取数据库</translation>
    </message>
    <message>
        <source>Every row is read; nothing is changed…</source>
        <translation>正在读取每一行，不作任何更改…</translation>
    </message>
    <message>
        <source>certificate and key belong together</source>
        <translation>证书和私钥必须同时给出</translation>
    </message>
</context>
<context>
    <name>iam::pages::AdoptionReportView</name>
    <message>
        <source>Findings; Return opens one</source>
        <translation>发现；按回车打开</translation>
    </message>
    <message>
        <source>%1 rows were written to %2.</source>
        <translation>已将 %1 行写入 %2。</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Search the findings</source>
        <translation>搜索发现</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>列表(&amp;L)</translation>
    </message>
    <message>
        <source>List: copy, export, columns, decisions</source>
        <translation>列表：复制、导出、列、决定</translation>
    </message>
    <message>
        <source>&amp;Save the decisions…</source>
        <translation>保存决定…(&amp;S)</translation>
    </message>
    <message>
        <source>%1 findings</source>
        <translation>%1 项发现</translation>
    </message>
    <message>
        <source>Giving this database back was begun</source>
        <translation>此数据库的交还已经开始</translation>
    </message>
    <message>
        <source>It has to be brought to its end before anything else. (%1)</source>
        <translation>必须先完成交还，才能做其他事。（%1）</translation>
    </message>
    <message>
        <source>Taking this database over was begun</source>
        <translation>此数据库的接管已经开始</translation>
    </message>
    <message>
        <source>%1 of %2 steps are done. It can go on from there, or be given back. (%3)</source>
        <translation>%2 步中完成了 %1 步。可以从那里继续，也可以交还。（%3）</translation>
    </message>
    <message>
        <source>This database was taken over</source>
        <translation>此数据库已经接管</translation>
    </message>
    <message>
        <source>The old tables are kept as adopted_…, so it can be given back. (%1)</source>
        <translation>旧表以 adopted_… 保留，因此可以交还。（%1）</translation>
    </message>
    <message>
        <source>This database has our form already</source>
        <translation>此数据库已是新的形式</translation>
    </message>
    <message>
        <source>There is nothing to take over, and nothing to give back. (%1)</source>
        <translation>没有什么要接管，也没有什么要交还。（%1）</translation>
    </message>
    <message>
        <source>This database is empty</source>
        <translation>此数据库是空的</translation>
    </message>
    <message>
        <source>There is nothing to take over. Is it the right one? (%1)</source>
        <translation>没有什么要接管。这是正确的数据库吗？（%1）</translation>
    </message>
    <message>
        <source>This is no database of the old system</source>
        <translation>这不是旧系统的数据库</translation>
    </message>
    <message>
        <source>Its tables user, secret, policy and policy_audit are not all there. (%1)</source>
        <translation>缺少 user、secret、policy、policy_audit 中的表。（%1）</translation>
    </message>
    <message>
        <source>Rows that stand in the way: %1</source>
        <translation>阻碍接管的行数：%1</translation>
    </message>
    <message>
        <source>Open each of them and decide. To share the database nothing need be decided.</source>
        <translation>请逐一打开并作出决定。只是共享数据库则无需决定。</translation>
    </message>
    <message>
        <source>Rows that cannot be taken over as they are: %1</source>
        <translation>无法按原样接管的行数：%1</translation>
    </message>
    <message>
        <source>What will be done stands in the last column. Open a row to decide otherwise.</source>
        <translation>最后一列是将要做的处理。打开一行可以改变决定。</translation>
    </message>
    <message>
        <source>Nothing stands in the way</source>
        <translation>没有任何阻碍</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 × cost %2</source>
        <translation>%1 个强度 %2</translation>
    </message>
    <message>
        <source>Rows: %1. (%2)</source>
        <translation>行数：%1。（%2）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>%1 administrators may log in; %2 users are disabled, %3 never logged in.</source>
        <translation>%1 个管理员可以登录；%2 个用户已停用，%3 个从未登录。</translation>
    </message>
    <message>
        <source>Passwords: %1; %2 are weak, %3 fit nobody.</source>
        <translation>密码：%1；%2 个较弱，%3 个与任何人都不匹配。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>At least a year old: %1, at least three years: %2. (A password is at least as old as its row; when it was set is not stored.)</source>
        <translation>至少一年未变：%1，至少三年：%2。（没有记录密码何时设置；密码至少与所在行一样旧。）</translation>
    </message>
    <message>
        <source>%1 texts hold characters that the old tables could not take back.</source>
        <translation>%1 处文本含有旧表收不回的字符。</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>“iam-server adopt --finish --decisions” takes that file.</source>
        <translation>“iam-server adopt --finish --decisions”可使用该文件。</translation>
    </message>
    <message>
        <source>Save the decisions</source>
        <translation>保存决定</translation>
    </message>
    <message>
        <source>Decisions (*.yaml);;All files (*)</source>
        <translation>决定 (*.yaml);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>iam::pages::AdoptionRunView</name>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>What</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Stands in the way</source>
        <translation>阻碍接管</translation>
    </message>
    <message>
        <source>Give it back all the same, and &amp;lock users whose password was set here</source>
        <translation>仍然交还，并锁定在这里设置过密码的用户(&amp;L)</translation>
    </message>
    <message>
        <source>Steps that are done</source>
        <translation>已完成的步骤</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>What stands in the way</source>
        <translation>有什么阻碍</translation>
    </message>
    <message>
        <source>%1 of %2 steps are done.</source>
        <translation>%2 步中完成了 %1 步。</translation>
    </message>
    <message>
        <source>Giving the database back…</source>
        <translation>正在交还数据库…</translation>
    </message>
    <message>
        <source>Taking the database over…</source>
        <translation>正在接管数据库…</translation>
    </message>
    <message>
        <source>It may be stopped between two steps, and goes on from there another time.</source>
        <translation>可以在两步之间停止，以后从那里继续。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>The step that is under way is done to its end.</source>
        <translation>正在进行的步骤会做完。</translation>
    </message>
    <message>
        <source>Stopped between two steps</source>
        <translation>已在两步之间停止</translation>
    </message>
    <message>
        <source>It can go on from there, or be given back. Until then the old servers may only read.</source>
        <translation>可以从那里继续，也可以交还。在此之前旧服务器可能只能读取。</translation>
    </message>
    <message>
        <source>It was not given back</source>
        <translation>没有交还</translation>
    </message>
    <message>
        <source>It was not taken over</source>
        <translation>没有接管</translation>
    </message>
    <message>
        <source>This database was taken over</source>
        <translation>此数据库已经接管</translation>
    </message>
    <message>
        <source>The old tables are kept as adopted_…, so it can be given back.</source>
        <translation>旧表以 adopted_… 保留，因此可以交还。</translation>
    </message>
    <message>
        <source>The database has the old form again</source>
        <translation>数据库恢复了旧的形式</translation>
    </message>
    <message>
        <source>The database is taken over</source>
        <translation>数据库已接管</translation>
    </message>
    <message>
        <source>The old servers can work on it as before; what was changed since is in their tables.</source>
        <translation>旧服务器可以照旧工作；此后的更改已在旧表中。</translation>
    </message>
    <message>
        <source>Our servers can start on it now.</source>
        <translation>新服务器现在可以使用它启动。</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done before</source>
        <translation>此前完成</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Nothing is lost: what is done stays done, and the next try goes on from there.</source>
        <translation>没有丢失任何东西：完成的步骤仍然有效，下次从那里继续。</translation>
    </message>
    <message>
        <source>Stop the old servers, or point them elsewhere. When you are sure, “iam-server adopt --forget” removes the old tables; until then the database can be given back, here or with “iam-server adopt --back”.</source>
        <translation>请停止旧服务器，或让它们改用别处。确定之后，“iam-server adopt --forget”会删除旧表；在此之前可以在这里或用“iam-server adopt --back”交还数据库。</translation>
    </message>
</context>
<context>
    <name>iam::pages::AdoptionWayView</name>
    <message>
        <source>&amp;Share it with the old servers</source>
        <translation>与旧服务器共享(&amp;S)</translation>
    </message>
    <message>
        <source>Both work on the old tables and see each other&apos;s changes within two seconds. Nothing of them is altered; what is only ours lies in tables iamx_… beside.</source>
        <translation>双方都在旧表上工作，两秒之内看到对方的更改。旧表的结构不变；新系统独有的内容放在旁边的 iamx_… 表中。</translation>
    </message>
    <message>
        <source>&amp;Take it over for good</source>
        <translation>正式接管(&amp;T)</translation>
    </message>
    <message>
        <source>The rows move to our tables, secrets encrypted. From then on only our servers work on it, and it can be given back.</source>
        <translation>数据迁移到新表，密钥加密保存。此后只有新服务器使用它，并且可以交还。</translation>
    </message>
    <message>
        <source>Nothing is run here: start our servers with these lines, and they share the database.</source>
        <translation>这里不运行任何东西：用这些配置启动新服务器，它们就会共享数据库。</translation>
    </message>
    <message>
        <source>Sharing ends when our servers are stopped; the old ones never notice it.</source>
        <translation>新服务器停止后共享即告结束；旧服务器不会察觉。</translation>
    </message>
    <message>
        <source>Some things cannot be while it is shared. Each server&apos;s log and its /readyz name them.</source>
        <translation>共享期间有些功能不可用。每台服务器的日志和 /readyz 会列出。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation>选择：%1</translation>
    </message>
    <message>
        <source>&amp;Data folder of the server</source>
        <translation>服务器的数据文件夹(&amp;D)</translation>
    </message>
    <message>
        <source>The keys that encrypt the secrets lie here: a server needs them, so start it with this folder</source>
        <translation>加密密钥所用的主密钥在这里：服务器需要它们，请用此文件夹启动服务器</translation>
    </message>
    <message>
        <source>Folder for &amp;dumps</source>
        <translation>备份文件夹(&amp;D)</translation>
    </message>
    <message>
        <source>A dump is taken before anything is changed, on the way there and on the way back</source>
        <translation>接管和交还之前都会先备份</translation>
    </message>
    <message>
        <source>Rows that still stand in the way: %1. Go back to the report and decide.</source>
        <translation>仍有 %1 行阻碍接管。请回到报告并作出决定。</translation>
    </message>
    <message>
        <source>The work goes on behind the step it was ended at. Decisions stand in the database; take the same data folder as before.</source>
        <translation>将从中断的步骤之后继续。决定保存在数据库中；请使用与之前相同的数据文件夹。</translation>
    </message>
    <message>
        <source>From the fourth step on the old servers can only read. Stop them, or do this when nobody writes.</source>
        <translation>从第四步起旧服务器只能读取。请停止它们，或在无人写入时进行。</translation>
    </message>
    <message>
        <source>The old tables stay as adopted_… until somebody removes them.</source>
        <translation>旧表以 adopted_… 保留，直到有人删除。</translation>
    </message>
    <message>
        <source>both folders must be named from the root on</source>
        <translation>两个文件夹都必须用绝对路径</translation>
    </message>
</context>
<context>
    <name>iam::pages::Card</name>
    <message>
        <source>Take o&amp;ver an old system…</source>
        <translation>接管旧系统…(&amp;V)</translation>
    </message>
    <message>
        <source>Take over an old system</source>
        <translation>接管旧系统</translation>
    </message>
</context>
<context>
    <name>iam::pages::ChangeDetail</name>
    <message>
        <source>From %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>请求 %1</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Changed members</source>
        <translation>变更字段</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>ID %1, version %2</source>
        <translation>ID %1，版本 %2</translation>
    </message>
    <message>
        <source>Change no.</source>
        <translation>变更编号</translation>
    </message>
    <message>
        <source>Copy &amp;before</source>
        <translation>复制变更前(&amp;B)</translation>
    </message>
    <message>
        <source>The object as it was, as JSON: to restore it by hand or to compare it</source>
        <translation>变更前的对象（JSON），可用于手动恢复或比较</translation>
    </message>
    <message>
        <source>The object as it was before is on the clipboard, as JSON.</source>
        <translation>变更前的对象已复制到剪贴板（JSON）。</translation>
    </message>
    <message>
        <source>Copy &amp;after</source>
        <translation>复制变更后(&amp;A)</translation>
    </message>
    <message>
        <source>The object as it was since then, as JSON</source>
        <translation>变更后的对象（JSON）</translation>
    </message>
    <message>
        <source>The object as it was afterwards is on the clipboard, as JSON.</source>
        <translation>变更后的对象已复制到剪贴板（JSON）。</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>历史(&amp;H)</translation>
    </message>
    <message>
        <source>All changes of this object</source>
        <translation>此对象的所有变更</translation>
    </message>
    <message>
        <source>Nothing else is recorded of it.</source>
        <translation>没有记录更多内容。</translation>
    </message>
    <message>
        <source>There was nothing before. What came into being:</source>
        <translation>此前不存在。新建的内容：</translation>
    </message>
    <message>
        <source>There was nothing afterwards. What was removed:</source>
        <translation>此后不再存在。删除的内容：</translation>
    </message>
    <message>
        <source>Nothing that may be shown differs: passwords and keys are never recorded.</source>
        <translation>可显示的内容没有差异：密码和密钥内容从不记录。</translation>
    </message>
    <message>
        <source>Before and after: lines removed %1 (−), added %2 (+)</source>
        <translation>变更前后：删除 %1 行（−），新增 %2 行（+）</translation>
    </message>
</context>
<context>
    <name>iam::pages::ChangePage</name>
    <message>
        <source>Show new changes as they are made</source>
        <translation>实时显示新的变更</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变更记录</translation>
    </message>
    <message>
        <source>Who changed what and when, with what it was before and after.</source>
        <translation>谁在何时更改了什么，以及更改前后的内容。</translation>
    </message>
    <message>
        <source>Search changes</source>
        <translation>搜索变更记录</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>every kind</source>
        <translation>所有类型</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>every action</source>
        <translation>所有操作</translation>
    </message>
    <message>
        <source>Who did it</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Loading changes…</source>
        <translation>正在加载变更记录…</translation>
    </message>
    <message>
        <source>No changes yet</source>
        <translation>还没有变更记录</translation>
    </message>
    <message>
        <source>Create a user, a secret or a policy: who did it, when, and what it was before and after stands here at once.</source>
        <translation>创建用户、密钥或策略后，这里会立即显示操作人、时间以及变更前后的内容。</translation>
    </message>
    <message>
        <source>No change fits</source>
        <translation>没有符合条件的变更</translation>
    </message>
    <message>
        <source>Search for something else, or clear the filter.</source>
        <translation>请更换搜索内容，或清除筛选。</translation>
    </message>
    <message>
        <source>The changes could not be loaded</source>
        <translation>无法加载变更记录</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变更</translation>
    </message>
</context>
<context>
    <name>iam::pages::ClusterDashboard</name>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Load of each backend</source>
        <translation>各后端的负载</translation>
    </message>
    <message>
        <source>History of the virtual address</source>
        <translation>虚拟地址的历史</translation>
    </message>
    <message>
        <source>%1 · heard %2 ago from %3 · Esc leaves the full screen</source>
        <translation>%1 · %2前收到 %3 的消息 · 按 Esc 退出全屏</translation>
    </message>
</context>
<context>
    <name>iam::pages::ClusterEventDetail</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Interruption</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>报告者</translation>
    </message>
    <message>
        <source>No evidence was recorded.</source>
        <translation>没有记录证据。</translation>
    </message>
    <message>
        <source>What it was concluded from</source>
        <translation>得出结论的依据</translation>
    </message>
    <message>
        <source>Witness</source>
        <translation>见证者</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>说法</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>提前</translation>
    </message>
</context>
<context>
    <name>iam::pages::ClusterPage</name>
    <message>
        <source>Requests per second to each backend</source>
        <translation>各后端每秒请求数</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Who has the virtual address, how certain that is, and where the load goes.</source>
        <translation>谁持有虚拟地址、有多确定，以及负载去向。</translation>
    </message>
    <message>
        <source>Asking the cluster…</source>
        <translation>正在询问集群…</translation>
    </message>
    <message>
        <source>Load of each backend</source>
        <translation>各后端的负载</translation>
    </message>
    <message>
        <source>History of the virtual address</source>
        <translation>虚拟地址的历史</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>搜索历史</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>The same on the whole screen, to be read from further away (F11)</source>
        <translation>以整个屏幕显示同样的内容，便于远看（F11）</translation>
    </message>
    <message>
        <source>&amp;Load</source>
        <translation>负载(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>历史(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Nodes</source>
        <translation>节点(&amp;N)</translation>
    </message>
    <message>
        <source>This server stands alone</source>
        <translation>这台服务器是独立的</translation>
    </message>
    <message>
        <source>Two servers behind one virtual address stay reachable when one of them fails. Describe your machines, look at what is rendered for them, and install it; packaging/deploy.md leads through it.</source>
        <translation>同一虚拟地址后的两台服务器，其中一台故障时仍然可达。描述您的机器，查看为它们生成的文件，然后安装；packaging/deploy.zh-CN.md 会一步步引导。</translation>
    </message>
    <message>
        <source>Describe a cluster</source>
        <translation>描述一个集群</translation>
    </message>
    <message>
        <source>The cluster does not answer</source>
        <translation>集群没有应答</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>&amp;Witnesses</source>
        <translation>见证(&amp;W)</translation>
    </message>
</context>
<context>
    <name>iam::pages::ConfigurationBox</name>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>These lines belong into iam.yaml of each of our servers; the password comes from the variable IAM_MYSQL_PASSWORD:</source>
        <translation>把这些行写入每台新服务器的 iam.yaml；密码取自环境变量 IAM_MYSQL_PASSWORD：</translation>
    </message>
    <message>
        <source>Configuration for iam.yaml</source>
        <translation>iam.yaml 的配置</translation>
    </message>
    <message>
        <source>Copy the configuration</source>
        <translation>复制配置</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>iam::pages::ConflictBox</name>
    <message>
        <source>Somebody else changed this meanwhile. Yours is above and not saved; the server now holds:</source>
        <translation>在此期间其他人修改了此对象。上方是您的版本，尚未保存；服务器上现在是：</translation>
    </message>
    <message>
        <source>What the server holds now</source>
        <translation>服务器上现在的内容</translation>
    </message>
    <message>
        <source>&amp;Overwrite with mine</source>
        <translation>用我的版本覆盖(&amp;O)</translation>
    </message>
    <message>
        <source>Take theirs, d&amp;rop mine</source>
        <translation>采用对方的版本，放弃我的(&amp;R)</translation>
    </message>
</context>
<context>
    <name>iam::pages::DecisionDetail</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>Owner of secret and policies</source>
        <translation>密钥和策略的所有者</translation>
    </message>
    <message>
        <source>Policies that decided</source>
        <translation>参与判定的策略</translation>
    </message>
    <message>
        <source>none matched</source>
        <translation>没有匹配的策略</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Request ID</source>
        <translation>请求 ID</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>Try &amp;again in the simulator</source>
        <translation>在模拟器中重试(&amp;A)</translation>
    </message>
    <message>
        <source>Try again in the simulator</source>
        <translation>在模拟器中重试</translation>
    </message>
    <message>
        <source>How would this request be decided now, and why?</source>
        <translation>这个请求现在会如何判定，为什么？</translation>
    </message>
</context>
<context>
    <name>iam::pages::DecisionPage</name>
    <message>
        <source>Decisions</source>
        <translation>判定记录</translation>
    </message>
    <message>
        <source>What clients asked, what the server answered, and why.</source>
        <translation>客户端请求了什么，服务器如何应答，以及原因。</translation>
    </message>
    <message>
        <source>Search decisions</source>
        <translation>搜索判定记录</translation>
    </message>
    <message>
        <source>Show new decisions as they are made</source>
        <translation>实时显示新的判定</translation>
    </message>
    <message>
        <source>Loading decisions…</source>
        <translation>正在加载判定记录…</translation>
    </message>
    <message>
        <source>No decisions yet</source>
        <translation>还没有判定记录</translation>
    </message>
    <message>
        <source>Sign a token with one of your secrets and ask POST /v1/authz: the answer stands here within a second.</source>
        <translation>用您的密钥签发令牌并请求 POST /v1/authz：结果会在一秒内显示在这里。</translation>
    </message>
    <message>
        <source>No decision fits</source>
        <translation>没有符合条件的判定</translation>
    </message>
    <message>
        <source>Search for something else, or clear the filter.</source>
        <translation>请更换搜索内容，或清除筛选。</translation>
    </message>
    <message>
        <source>The decisions could not be loaded</source>
        <translation>无法加载判定记录</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>allowed and denied</source>
        <translation>允许和拒绝</translation>
    </message>
    <message>
        <source>only allowed</source>
        <translation>仅允许</translation>
    </message>
    <message>
        <source>only denied</source>
        <translation>仅拒绝</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>主体</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Resource</source>
        <translation>资源</translation>
    </message>
</context>
<context>
    <name>iam::pages::DefinitionForm</name>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>The machines that nginx, keepalived and an agent run on. Two to eight.</source>
        <translation>运行 nginx、keepalived 和代理的机器。2 到 8 台。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Interface</source>
        <translation>接口</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Add a node</source>
        <translation>添加节点</translation>
    </message>
    <message>
        <source>Remove the node</source>
        <translation>移除节点</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The machines that our servers run on: the nodes, or others. Two to eight.</source>
        <translation>运行我们的服务器的机器：可以是节点，也可以是其他机器。2 到 8 台。</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Remove the server</source>
        <translation>移除服务器</translation>
    </message>
    <message>
        <source>Virtual address</source>
        <translation>虚拟地址</translation>
    </message>
    <message>
        <source>What clients use; it moves between the nodes.</source>
        <translation>客户端使用的地址；它在节点之间移动。</translation>
    </message>
    <message>
        <source>In the subnet of the nodes</source>
        <translation>在节点所在的子网内</translation>
    </message>
    <message>
        <source>Prefix length</source>
        <translation>前缀长度</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>announced by ARP</source>
        <translation>由 ARP 通告</translation>
    </message>
    <message>
        <source>moved by the cloud</source>
        <translation>由云平台移动</translation>
    </message>
    <message>
        <source>Hook program</source>
        <translation>钩子程序</translation>
    </message>
    <message>
        <source>Cloud only: absolute path on the nodes</source>
        <translation>仅限云：节点上的绝对路径</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>公网地址</translation>
    </message>
    <message>
        <source>Cloud only: bound to it; only shown</source>
        <translation>仅限云：与之绑定；仅用于显示</translation>
    </message>
    <message>
        <source>VRRP</source>
        <translation>VRRP</translation>
    </message>
    <message>
        <source>How keepalived on the nodes agrees who has the address.</source>
        <translation>各节点的 keepalived 如何商定谁持有地址。</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>配置类型</translation>
    </message>
    <message>
        <source>recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>tutorial</source>
        <translation>教程</translation>
    </message>
    <message>
        <source>Instance</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Virtual router ID</source>
        <translation>虚拟路由器 ID</translation>
    </message>
    <message>
        <source>1 to 255, unique in the subnet</source>
        <translation>1 到 255，在子网内唯一</translation>
    </message>
    <message>
        <source>Advert interval</source>
        <translation>通告间隔</translation>
    </message>
    <message>
        <source>A crash is noticed after three of them</source>
        <translation>三个间隔后发现崩溃</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Tutorial only; anybody in the subnet can read it</source>
        <translation>仅限教程；子网内任何人都能读到</translation>
    </message>
    <message>
        <source>Names and ports</source>
        <translation>域名和端口</translation>
    </message>
    <message>
        <source>Domain of the API</source>
        <translation>API 的域名</translation>
    </message>
    <message>
        <source>Domain of the decisions</source>
        <translation>判定服务的域名</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>HTTPS</source>
        <translation>HTTPS</translation>
    </message>
    <message>
        <source>API server</source>
        <translation>API 服务器</translation>
    </message>
    <message>
        <source>Decision server</source>
        <translation>判定服务器</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>nginx status</source>
        <translation>nginx 状态</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>Absolute path on the nodes; empty: plain HTTP</source>
        <translation>节点上的绝对路径；留空：不加密的 HTTP</translation>
    </message>
    <message>
        <source>Private key</source>
        <translation>私钥</translation>
    </message>
    <message>
        <source>Absolute path on the nodes</source>
        <translation>节点上的绝对路径</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>均衡方式</translation>
    </message>
    <message>
        <source>in turn</source>
        <translation>轮询</translation>
    </message>
    <message>
        <source>fewest connections</source>
        <translation>最少连接</translation>
    </message>
    <message>
        <source>by client address</source>
        <translation>按客户端地址</translation>
    </message>
    <message>
        <source>by cookie</source>
        <translation>按 Cookie</translation>
    </message>
    <message>
        <source>Cookie</source>
        <translation>Cookie</translation>
    </message>
    <message>
        <source>Its name, where requests are balanced by it</source>
        <translation>按它均衡时的名称</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>MariaDB. The host is a node&apos;s name or an address.</source>
        <translation>MariaDB。主机是节点名称或地址。</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Database name</source>
        <translation>数据库名</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>TLS authority</source>
        <translation>TLS 证书颁发机构</translation>
    </message>
    <message>
        <source>Absolute path of the CA file; empty: no TLS</source>
        <translation>CA 文件的绝对路径；留空：不用 TLS</translation>
    </message>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
    <message>
        <source>Makes changes reach the other servers sooner. Without a host there is none.</source>
        <translation>使更改更快到达其他服务器。不填主机即不使用。</translation>
    </message>
    <message>
        <source>Time-outs</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Of nginx towards our servers.</source>
        <translation>nginx 对我们的服务器。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>判定</translation>
    </message>
    <message>
        <source>Shorter than the callers&apos; own</source>
        <translation>短于调用方自己的超时</translation>
    </message>
    <message>
        <source>API</source>
        <translation>API</translation>
    </message>
    <message>
        <source>At least 10 s</source>
        <translation>至少 10 秒</translation>
    </message>
    <message>
        <source>Event streams</source>
        <translation>事件流</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>How each agent looks after its nginx, and asks through the virtual address.</source>
        <translation>各代理如何照看自己的 nginx，以及如何通过虚拟地址提问。</translation>
    </message>
    <message>
        <source>Check every</source>
        <translation>检查间隔</translation>
    </message>
    <message>
        <source>Check time-out</source>
        <translation>检查超时</translation>
    </message>
    <message>
        <source>Ask as a client every</source>
        <translation>以客户端身份提问的间隔</translation>
    </message>
    <message>
        <source>Failures until down</source>
        <translation>判为停止的失败次数</translation>
    </message>
    <message>
        <source>Successes until up</source>
        <translation>判为恢复的成功次数</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Pinged; a node that cannot reach it gives the address up</source>
        <translation>会被 ping；无法到达它的节点让出地址</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1，%2：%3</translation>
    </message>
</context>
<context>
    <name>iam::pages::DefinitionPage</name>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Definition</source>
        <translation>集群定义</translation>
    </message>
    <message>
        <source>Describe a cluster; look at every file that its machines need, and export them.</source>
        <translation>描述一个集群；查看其机器所需的每个文件，并导出。</translation>
    </message>
    <message>
        <source>Start &amp;anew</source>
        <translation>新建(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Recommended</source>
        <translation>推荐(&amp;R)</translation>
    </message>
    <message>
        <source>As in the &amp;tutorial</source>
        <translation>与教程一致(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Export files…</source>
        <translation>导出文件(&amp;E)…</translation>
    </message>
    <message>
        <source>The definition as YAML</source>
        <translation>YAML 形式的定义</translation>
    </message>
    <message>
        <source>&amp;Fields</source>
        <translation>字段(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;YAML</source>
        <translation>YAML(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Rendered files</source>
        <translation>生成的文件(&amp;R)</translation>
    </message>
    <message>
        <source>What is wrong; Return goes to the place</source>
        <translation>问题；按回车跳转到位置</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>The text cannot be read. The fields show what it was before.</source>
        <translation>文本无法读取。字段显示的是之前的内容。</translation>
    </message>
    <message>
        <source>Nothing can be rendered before these are mended.</source>
        <translation>修正这些之前无法生成文件。</translation>
    </message>
    <message>
        <source>Nothing is wrong with it.</source>
        <translation>没有发现问题。</translation>
    </message>
    <message>
        <source>It can be rendered; look at these:</source>
        <translation>可以生成；请查看以下各项：</translation>
    </message>
    <message>
        <source>%1 could not be opened.</source>
        <translation>无法打开 %1。</translation>
    </message>
    <message>
        <source>%1 could not be saved.</source>
        <translation>无法保存 %1。</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Nothing was exported to %1.</source>
        <translation>没有向 %1 导出任何内容。</translation>
    </message>
    <message>
        <source>%1 files for %2 are in %3.</source>
        <translation>%2 的 %1 个文件已在 %3 中。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Copy each machine&apos;s folder to its root, as root; “iam-server cluster check” there looks at them once more.</source>
        <translation>以 root 身份把每台机器的文件夹复制到它的根目录；在那里运行“iam-server cluster check”可再检查一遍。</translation>
    </message>
    <message>
        <source>Open a definition</source>
        <translation>打开定义</translation>
    </message>
    <message>
        <source>Definitions (*.yaml *.yml);;All files (*)</source>
        <translation>定义 (*.yaml *.yml);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the definition</source>
        <translation>保存定义</translation>
    </message>
    <message>
        <source>Export the files of all machines to a folder</source>
        <translation>把所有机器的文件导出到文件夹</translation>
    </message>
    <message>
        <source>The definition that was never saved</source>
        <translation>从未保存过的定义</translation>
    </message>
    <message>
        <source>Drop what was typed?</source>
        <translation>放弃已输入的内容？</translation>
    </message>
    <message>
        <source>The changes since it was last saved are lost:</source>
        <translation>自上次保存以来的更改将丢失：</translation>
    </message>
    <message>
        <source>&amp;Drop the changes</source>
        <translation>放弃更改(&amp;D)</translation>
    </message>
</context>
<context>
    <name>iam::pages::EditorPane</name>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Ctrl+S</translation>
    </message>
    <message>
        <source>What you typed is not saved.</source>
        <translation>您输入的内容尚未保存。</translation>
    </message>
    <message>
        <source>Save it, or throw it away and close.</source>
        <translation>请保存，或放弃并关闭。</translation>
    </message>
    <message>
        <source>Throw away</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
</context>
<context>
    <name>iam::pages::ExplanationView</name>
    <message>
        <source>Double click or Return on a policy opens it.</source>
        <translation>双击策略或按回车键可将其打开。</translation>
    </message>
    <message>
        <source>Policies and how their parts matched</source>
        <translation>策略及其各部分的匹配情况</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>How would the policies decide a request? Fill it in and ask. Nothing is recorded.</source>
        <translation>策略会如何判定一个请求？填写后提问即可，不会留下记录。</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Denied</source>
        <translation>拒绝</translation>
    </message>
</context>
<context>
    <name>iam::pages::FindingDetail</name>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What it costs</source>
        <translation>代价</translation>
    </message>
    <message>
        <source>How to mend it</source>
        <translation>如何修正</translation>
    </message>
</context>
<context>
    <name>iam::pages::FirstRunPage</name>
    <message>
        <source>&amp;Start the server</source>
        <translation>启动服务器(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Use a server elsewhere…</source>
        <translation>使用其他服务器…(&amp;U)</translation>
    </message>
    <message>
        <source>Choose the administrator&apos;s password</source>
        <translation>设置管理员密码</translation>
    </message>
    <message>
        <source>The console brings its own server. Its administrator is called “admin”; the password protects everything that is kept in it, so keep it well: it cannot be shown again.</source>
        <translation>控制台自带服务器，其管理员名为“admin”。该密码保护其中的全部数据，且无法再次显示，请妥善保管。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Repeat the password</source>
        <translation>再次输入密码</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>8 to 16 characters with lower and upper case, a digit and a symbol</source>
        <translation>8 到 16 个字符，须含大小写字母、数字和符号</translation>
    </message>
    <message>
        <source>&amp;Repeat the password</source>
        <translation>再次输入密码(&amp;R)</translation>
    </message>
    <message>
        <source>Start the server</source>
        <translation>启动服务器</translation>
    </message>
    <message>
        <source>Use a server elsewhere</source>
        <translation>使用其他服务器</translation>
    </message>
    <message>
        <source>differs from the password above</source>
        <translation>与上面的密码不一致</translation>
    </message>
    <message>
        <source>Starting the server…</source>
        <translation>正在启动服务器…</translation>
    </message>
</context>
<context>
    <name>iam::pages::ListPage</name>
    <message>
        <source>%1 rows were written to %2.</source>
        <translation>已将 %1 行写入 %2。</translation>
    </message>
    <message>
        <source>%1 could not be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>Choose another folder or free some space, and export again.</source>
        <translation>请选择其他文件夹或释放空间，然后重新导出。</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>列表(&amp;L)</translation>
    </message>
    <message>
        <source>List: copy, export, columns</source>
        <translation>列表：复制、导出、列</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>刷新(&amp;R)</translation>
    </message>
    <message>
        <source>%1 of %2 selected</source>
        <translation>已选 %1 / %2</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1 项</translation>
    </message>
    <message>
        <source>%1 loaded</source>
        <translation>已加载 %1 项</translation>
    </message>
    <message>
        <source>%1 was deleted.</source>
        <translation>已删除 %1。</translation>
    </message>
    <message>
        <source>%1 were deleted.</source>
        <translation>已删除 %1 项。</translation>
    </message>
    <message>
        <source>Not deleted: %1. Deleted: %2.</source>
        <translation>未删除：%1。已删除：%2 项。</translation>
    </message>
</context>
<context>
    <name>iam::pages::LogInPage</name>
    <message>
        <source>&amp;Log in</source>
        <translation>登录(&amp;L)</translation>
    </message>
    <message>
        <source>Log in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Your session has ended. Nothing you typed is lost: the page goes on when you are back.</source>
        <translation>会话已结束。您输入的内容不会丢失：登录后页面将继续。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>密码(&amp;P)</translation>
    </message>
    <message>
        <source>Log &amp;out and drop what was typed</source>
        <translation>退出登录并放弃输入的内容(&amp;O)</translation>
    </message>
    <message>
        <source>Log out and drop what was typed</source>
        <translation>退出登录并放弃输入的内容</translation>
    </message>
    <message>
        <source>The &amp;bundled server on this computer</source>
        <translation>本机自带的服务器(&amp;B)</translation>
    </message>
    <message>
        <source>The bundled server on this computer</source>
        <translation>本机自带的服务器</translation>
    </message>
    <message>
        <source>A server &amp;elsewhere</source>
        <translation>其他服务器(&amp;E)</translation>
    </message>
    <message>
        <source>A server elsewhere</source>
        <translation>其他服务器</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>must be an http or https address</source>
        <translation>必须是 http 或 https 地址</translation>
    </message>
    <message>
        <source>Not encrypted: name and password can be read on the way.</source>
        <translation>未加密：用户名和密码在传输途中可能被读取。</translation>
    </message>
    <message>
        <source>Logging in…</source>
        <translation>正在登录…</translation>
    </message>
</context>
<context>
    <name>iam::pages::LoginList</name>
    <message>
        <source>End selected</source>
        <translation>结束所选</translation>
    </message>
    <message>
        <source>End all…</source>
        <translation>全部结束…</translation>
    </message>
    <message>
        <source>Log-ins</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>End the selected log-ins</source>
        <translation>结束所选登录</translation>
    </message>
    <message>
        <source>End all log-ins</source>
        <translation>结束所有登录</translation>
    </message>
    <message>
        <source>Logged in from</source>
        <translation>登录位置</translation>
    </message>
    <message>
        <source>This server does not list log-ins.</source>
        <translation>此服务器不列出登录。</translation>
    </message>
    <message>
        <source>Not logged in anywhere.</source>
        <translation>未在任何地方登录。</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>End all log-ins of %1?</source>
        <translation>结束 %1 的所有登录？</translation>
    </message>
    <message>
        <source>Every console, program and browser that is logged in as this user is refused from now on, and must log in again. Secrets go on working.</source>
        <translation>以此用户身份登录的每个控制台、程序和浏览器从现在起都会被拒绝，必须重新登录。密钥继续有效。</translation>
    </message>
    <message>
        <source>&amp;End all log-ins</source>
        <translation>结束所有登录(&amp;E)</translation>
    </message>
</context>
<context>
    <name>iam::pages::NewSecretDialog</name>
    <message>
        <source>Copy both as &amp;JSON</source>
        <translation>将两者复制为 JSON(&amp;J)</translation>
    </message>
    <message>
        <source>I have &amp;stored the key in a safe place</source>
        <translation>我已将密钥妥善保存(&amp;S)</translation>
    </message>
    <message>
        <source>Secret ID</source>
        <translation>密钥 ID</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>密钥内容</translation>
    </message>
    <message>
        <source>Secret &amp;ID</source>
        <translation>密钥 ID(&amp;I)</translation>
    </message>
    <message>
        <source>Public; it goes into the token as “kid”.</source>
        <translation>可公开；作为“kid”写入令牌。</translation>
    </message>
    <message>
        <source>Secret &amp;key</source>
        <translation>密钥内容(&amp;K)</translation>
    </message>
    <message>
        <source>Signs the token. Whoever has it acts in the owner&apos;s name.</source>
        <translation>用于签名令牌。持有者即可以所有者的名义操作。</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>New secret</source>
        <translation>新建密钥</translation>
    </message>
    <message>
        <source>Secret %1 was created. Store its key now: it is shown this once and never again.</source>
        <translation>已创建密钥 %1。请立即保存密钥内容：它只显示这一次。</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新密钥</translation>
    </message>
    <message>
        <source>Secret %1 has a new ID and key. Store them now: the key is shown this once and never again.</source>
        <translation>密钥 %1 已有新的 ID 和密钥内容。请立即保存：密钥内容只显示这一次。</translation>
    </message>
</context>
<context>
    <name>iam::pages::NodeTable</name>
    <message>
        <source>%1%2 ms</source>
        <translation>%1%2 毫秒</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>keepalived</source>
        <translation>keepalived</translation>
    </message>
    <message>
        <source>nginx</source>
        <translation>nginx</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Heard</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Facts of each node</source>
        <translation>各节点的情况</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>无应答</translation>
    </message>
    <message>
        <source>%1, %2 open</source>
        <translation>%1，%2 个连接</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Its clock against that of %1</source>
        <translation>它的时钟与 %1 的时钟之差</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>down</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Everything that it answered, checks of all kinds included</source>
        <translation>它应答的一切，包括各种检查</translation>
    </message>
</context>
<context>
    <name>iam::pages::OwnedPage</name>
    <message>
        <source>%1 (of %2)</source>
        <translation>%1 (%2 的)</translation>
    </message>
</context>
<context>
    <name>iam::pages::OwnerChooser</name>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Whose objects: choose or type a user&apos;s name</source>
        <translation>查看谁的对象：选择或输入用户名</translation>
    </message>
    <message>
        <source>%1 (me)</source>
        <translation>%1（我）</translation>
    </message>
    <message>
        <source>All users</source>
        <translation>所有用户</translation>
    </message>
</context>
<context>
    <name>iam::pages::PasswordEditor</name>
    <message>
        <source>8 to 16 characters with a-z, A-Z, 0-9 and a symbol.</source>
        <translation>8 到 16 个字符，须含 a-z、A-Z、0-9 和符号。</translation>
    </message>
    <message>
        <source>differs from the password above</source>
        <translation>与上面的密码不一致</translation>
    </message>
    <message>
        <source>All sessions of the user end; a new log-in is needed.</source>
        <translation>该用户的所有会话都将结束，需要重新登录。</translation>
    </message>
    <message>
        <source>is not the old password</source>
        <translation>旧密码不正确</translation>
    </message>
    <message>
        <source>Old password</source>
        <translation>旧密码</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>Repeat it</source>
        <translation>再次输入</translation>
    </message>
    <message>
        <source>Change pa&amp;ssword</source>
        <translation>修改密码(&amp;S)</translation>
    </message>
</context>
<context>
    <name>iam::pages::PolicyEditor</name>
    <message>
        <source>What it is about, for example “articles-read”; it cannot be changed later.</source>
        <translation>说明用途，例如“articles-read”；之后不能更改。</translation>
    </message>
    <message>
        <source>It decides requests that are signed with this user&apos;s secrets.</source>
        <translation>用于判定以该用户的密钥签名的请求。</translation>
    </message>
    <message>
        <source>Start from a template</source>
        <translation>从模板开始</translation>
    </message>
    <message>
        <source>Replaces the text; Ctrl+Z in the text brings it back</source>
        <translation>将替换文本；在文本中按 Ctrl+Z 可恢复</translation>
    </message>
    <message>
        <source>Start from a template…</source>
        <translation>从模板开始…</translation>
    </message>
    <message>
        <source>The rule as JSON</source>
        <translation>JSON 格式的规则</translation>
    </message>
    <message>
        <source>The rule is valid.</source>
        <translation>规则有效。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>&amp;Save new policy</source>
        <translation>保存新策略(&amp;S)</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Former versions of this policy</source>
        <translation>此策略的以前版本</translation>
    </message>
</context>
<context>
    <name>iam::pages::PolicyPage</name>
    <message>
        <source>Policies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Rules that allow or deny. A request is allowed when at least one of its owner&apos;s policies allows it and none denies it.</source>
        <translation>允许或拒绝的规则。所有者的策略中至少有一条允许且没有一条拒绝时，请求才会被允许。</translation>
    </message>
    <message>
        <source>Search names</source>
        <translation>搜索名称</translation>
    </message>
    <message>
        <source>&amp;New policy</source>
        <translation>新建策略(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑…(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除…(&amp;D)</translation>
    </message>
    <message>
        <source>Loading policies…</source>
        <translation>正在加载策略…</translation>
    </message>
    <message>
        <source>No policies yet</source>
        <translation>还没有策略</translation>
    </message>
    <message>
        <source>Without a policy every request of this owner is denied. Start from a template.</source>
        <translation>没有策略时，该所有者的所有请求都会被拒绝。可从模板开始。</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>新建策略</translation>
    </message>
    <message>
        <source>No policy has this in its name</source>
        <translation>没有名称包含此内容的策略</translation>
    </message>
    <message>
        <source>Search for less, or choose another owner.</source>
        <translation>请缩短搜索内容，或选择其他所有者。</translation>
    </message>
    <message>
        <source>The policies could not be loaded</source>
        <translation>无法加载策略</translation>
    </message>
    <message>
        <source>Edit policy %1</source>
        <translation>编辑策略 %1</translation>
    </message>
    <message>
        <source>Policy %1 was saved. It is in force within a second.</source>
        <translation>策略 %1 已保存，一秒内生效。</translation>
    </message>
    <message>
        <source>%1  –  %2</source>
        <translation>%1  –  %2</translation>
    </message>
    <message>
        <source>Delete policy %1?</source>
        <translation>删除策略 %1？</translation>
    </message>
    <message>
        <source>Delete %1 policies?</source>
        <translation>删除 %1 条策略？</translation>
    </message>
    <message>
        <source>What an allowing policy allowed is denied from now on, unless another one allows it; what a denying policy held back may become allowed. This cannot be undone.</source>
        <translation>除非有其他策略允许，允许型策略原先放行的请求从现在起将被拒绝；拒绝型策略原先拦截的请求可能会被允许。此操作无法撤销。</translation>
    </message>
    <message>
        <source>&amp;Delete policy</source>
        <translation>删除策略(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Delete %1 policies</source>
        <translation>删除 %1 条策略(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>历史(&amp;H)</translation>
    </message>
    <message>
        <source>Policy %1 is again what it was in version %2. It is in force within a second.</source>
        <translation>策略 %1 已恢复为版本 %2 的内容，一秒内生效。</translation>
    </message>
    <message>
        <source>History of policy %1</source>
        <translation>策略 %1 的历史</translation>
    </message>
    <message>
        <source>S&amp;imulator</source>
        <translation>模拟器(&amp;I)</translation>
    </message>
    <message>
        <source>Simulator</source>
        <translation>模拟器</translation>
    </message>
    <message>
        <source>How would these policies decide a request, and why?</source>
        <translation>这些策略会如何判定一个请求，为什么？</translation>
    </message>
</context>
<context>
    <name>iam::pages::PolicyVersions</name>
    <message>
        <source>&amp;Restore this version</source>
        <translation>恢复此版本(&amp;R)</translation>
    </message>
    <message>
        <source>Versions of this policy, newest first</source>
        <translation>此策略的版本，最新的在前</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>What restoring this version would change</source>
        <translation>恢复此版本会带来的更改</translation>
    </message>
    <message>
        <source>Restore this version</source>
        <translation>恢复此版本</translation>
    </message>
    <message>
        <source>Loading versions…</source>
        <translation>正在加载版本…</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, current</source>
        <translation>%1（当前）</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>The newest %1 of %2 versions.</source>
        <translation>最新的 %1 个版本，共 %2 个。</translation>
    </message>
    <message>
        <source>Loading version %1…</source>
        <translation>正在加载版本 %1…</translation>
    </message>
    <message>
        <source>This is the current version.</source>
        <translation>这是当前版本。</translation>
    </message>
    <message>
        <source>Version %1 says the same as the current one.</source>
        <translation>版本 %1 与当前版本内容相同。</translation>
    </message>
    <message>
        <source>Restoring version %1 would change:</source>
        <translation>恢复版本 %1 会带来以下更改：</translation>
    </message>
    <message>
        <source>Restore version %1 of policy %2?</source>
        <translation>恢复策略 %2 的版本 %1？</translation>
    </message>
    <message>
        <source>It becomes the newest version and decides requests within a second. What is current now stays in the history and can be restored as well.</source>
        <translation>它将成为最新版本，并在一秒内用于判定请求。当前的内容保留在历史中，也可以再恢复。</translation>
    </message>
    <message>
        <source>&amp;Restore version %1</source>
        <translation>恢复版本 %1(&amp;R)</translation>
    </message>
    <message>
        <source>Somebody else changed the policy meanwhile. Nothing was restored; the list shows the newest versions.</source>
        <translation>其间有人修改了此策略，因此没有恢复任何内容；列表已显示最新的版本。</translation>
    </message>
    <message>
        <source>This server keeps no versions of policies.</source>
        <translation>此服务器不保留策略的版本。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>iam::pages::PumpPage</name>
    <message>
        <source>Lag of each sink in seconds</source>
        <translation>各接收端的滞后（秒）</translation>
    </message>
    <message>
        <source>Records pump</source>
        <translation>记录投递</translation>
    </message>
    <message>
        <source>Whether every decision record arrives at its sinks, and what holds it up.</source>
        <translation>判定记录是否全部送达各接收端，以及受阻的原因。</translation>
    </message>
    <message>
        <source>Search sinks</source>
        <translation>搜索接收端</translation>
    </message>
    <message>
        <source>Asking for the pump&apos;s state…</source>
        <translation>正在查询投递状态…</translation>
    </message>
    <message>
        <source>The configuration is on the clipboard.</source>
        <translation>配置已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Sinks</source>
        <translation>接收端</translation>
    </message>
    <message>
        <source>No sink fits the search.</source>
        <translation>没有符合搜索条件的接收端。</translation>
    </message>
    <message>
        <source>Administrators see the pump</source>
        <translation>仅管理员可查看记录投递</translation>
    </message>
    <message>
        <source>How decision records are brought on is shown to administrators only.</source>
        <translation>判定记录的投递情况只对管理员显示。</translation>
    </message>
    <message>
        <source>The pump&apos;s state could not be loaded</source>
        <translation>无法加载投递状态</translation>
    </message>
</context>
<context>
    <name>iam::pages::RecordFilterBar</name>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>&amp;Clear filter</source>
        <translation>清除筛选(&amp;C)</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>%1, exactly as recorded</source>
        <translation>%1，须与记录完全一致</translation>
    </message>
</context>
<context>
    <name>iam::pages::RecordPage</name>
    <message>
        <source>&amp;Follow</source>
        <translation>实时跟踪(&amp;F)</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>实时跟踪</translation>
    </message>
</context>
<context>
    <name>iam::pages::RenderedFiles</name>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Files of the machine</source>
        <translation>机器的文件</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Content of the file</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已移除</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>No longer part of the files.</source>
        <translation>不再属于这些文件。</translation>
    </message>
    <message>
        <source>What has changed since the definition was opened or exported:</source>
        <translation>自打开或导出定义以来的变化：</translation>
    </message>
    <message>
        <source>The whole file:</source>
        <translation>整个文件：</translation>
    </message>
</context>
<context>
    <name>iam::pages::RotateDialog</name>
    <message>
        <source>New key</source>
        <translation>新密钥</translation>
    </message>
    <message>
        <source>Give %1 a new key?</source>
        <translation>为 %1 换用新密钥？</translation>
    </message>
    <message>
        <source>The secret gets another ID and key, shown once. Until the old ones end, both count: time to bring the new ones to every program that signs with the secret.</source>
        <translation>将生成新的 ID 和密钥内容，只显示一次。在旧密钥失效之前两者都有效：请在此期间把新密钥部署到每个用它签名的程序。</translation>
    </message>
    <message>
        <source>The old key stays valid</source>
        <translation>旧密钥保持有效</translation>
    </message>
    <message>
        <source>not at all: it ends at &amp;once</source>
        <translation>不保留：立即失效(&amp;O)</translation>
    </message>
    <message>
        <source>for one &amp;day</source>
        <translation>一天(&amp;D)</translation>
    </message>
    <message>
        <source>for &amp;seven days</source>
        <translation>七天(&amp;S)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>&amp;Make a new key</source>
        <translation>生成新密钥(&amp;M)</translation>
    </message>
</context>
<context>
    <name>iam::pages::SecretDetail</name>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>New key…</source>
        <translation>换新密钥…</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>禁用</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>End the old key first: a secret has two keys at most.</source>
        <translation>请先停用旧密钥：一个密钥项最多有两个密钥。</translation>
    </message>
    <message>
        <source>Enabled: requests signed with it are answered.</source>
        <translation>已启用：用它签名的请求会得到答复。</translation>
    </message>
    <message>
        <source>Disabled: requests signed with it are refused.</source>
        <translation>已禁用：用它签名的请求会被拒绝。</translation>
    </message>
    <message>
        <source>Expired: requests signed with it are refused.</source>
        <translation>已过期：用它签名的请求会被拒绝。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Secret ID</source>
        <translation>密钥 ID</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>过期时间</translation>
    </message>
    <message>
        <source>never</source>
        <translation>永不</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>The old key is still in use</source>
        <translation>旧密钥仍在使用</translation>
    </message>
    <message>
        <source>The old key is still valid</source>
        <translation>旧密钥仍然有效</translation>
    </message>
    <message>
        <source>Old ID</source>
        <translation>旧 ID</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>失效时间</translation>
    </message>
    <message>
        <source>Old key last used %1.</source>
        <translation>旧密钥最近使用：%1。</translation>
    </message>
    <message>
        <source>No use of the old key was seen.</source>
        <translation>没有发现旧密钥被使用。</translation>
    </message>
    <message>
        <source>End old key now…</source>
        <translation>立即停用旧密钥…</translation>
    </message>
</context>
<context>
    <name>iam::pages::SecretEditor</name>
    <message>
        <source>What uses it, for example “billing”; it cannot be changed later.</source>
        <translation>说明由谁使用，例如“billing”；之后不能更改。</translation>
    </message>
    <message>
        <source>The owner&apos;s policies decide what the secret may do.</source>
        <translation>密钥的权限由所有者的策略决定。</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>所有者</translation>
    </message>
    <message>
        <source>Secret ID</source>
        <translation>密钥 ID</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥内容</translation>
    </message>
    <message>
        <source>When it expires</source>
        <translation>过期时间</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>永不过期</translation>
    </message>
    <message>
        <source>In 30 days</source>
        <translation>30 天后</translation>
    </message>
    <message>
        <source>In 90 days</source>
        <translation>90 天后</translation>
    </message>
    <message>
        <source>In a year</source>
        <translation>一年后</translation>
    </message>
    <message>
        <source>On a date</source>
        <translation>指定日期</translation>
    </message>
    <message>
        <source>The date on which it expires</source>
        <translation>过期日期</translation>
    </message>
    <message>
        <source>From then on requests signed with it are refused. Local time.</source>
        <translation>此后用它签名的请求将被拒绝。按本地时间计算。</translation>
    </message>
    <message>
        <source>Optional: where it is kept, whom to ask.</source>
        <translation>可选：保存位置、联系人。</translation>
    </message>
    <message>
        <source>never</source>
        <translation>永不</translation>
    </message>
    <message>
        <source>Expires: %1</source>
        <translation>过期时间：%1</translation>
    </message>
    <message>
        <source>Description: %1</source>
        <translation>描述：%1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Create &amp;secret</source>
        <translation>创建密钥(&amp;S)</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>过期时间</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>shown only once, when it was made</source>
        <translation>仅在生成时显示一次</translation>
    </message>
</context>
<context>
    <name>iam::pages::SecretPage</name>
    <message>
        <source>Secrets</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Access keys: a program signs its authorization requests with one. The owner&apos;s policies then decide.</source>
        <translation>访问密钥：程序用它签名授权请求，再由所有者的策略判定。</translation>
    </message>
    <message>
        <source>Search names</source>
        <translation>搜索名称</translation>
    </message>
    <message>
        <source>&amp;New secret</source>
        <translation>新建密钥(&amp;N)</translation>
    </message>
    <message>
        <source>Copy &amp;ID</source>
        <translation>复制 ID(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑…(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除…(&amp;D)</translation>
    </message>
    <message>
        <source>Loading secrets…</source>
        <translation>正在加载密钥…</translation>
    </message>
    <message>
        <source>No secrets yet</source>
        <translation>还没有密钥</translation>
    </message>
    <message>
        <source>Create one: its ID and key let a program ask for decisions in the owner&apos;s name.</source>
        <translation>请创建一个：程序可凭其 ID 和密钥以所有者的名义请求判定。</translation>
    </message>
    <message>
        <source>New secret</source>
        <translation>新建密钥</translation>
    </message>
    <message>
        <source>No secret has this in its name</source>
        <translation>没有名称包含此内容的密钥</translation>
    </message>
    <message>
        <source>Search for less, or choose another owner.</source>
        <translation>请缩短搜索内容，或选择其他所有者。</translation>
    </message>
    <message>
        <source>The secrets could not be loaded</source>
        <translation>无法加载密钥</translation>
    </message>
    <message>
        <source>The secret ID of %1 was copied.</source>
        <translation>已复制 %1 的密钥 ID。</translation>
    </message>
    <message>
        <source>%1 was saved.</source>
        <translation>%1 已保存。</translation>
    </message>
    <message>
        <source>Edit secret %1</source>
        <translation>编辑密钥 %1</translation>
    </message>
    <message>
        <source>Delete secret %1?</source>
        <translation>删除密钥 %1？</translation>
    </message>
    <message>
        <source>Delete %1 secrets?</source>
        <translation>删除 %1 个密钥？</translation>
    </message>
    <message>
        <source>Programs that sign with it are refused from now on. The key cannot be brought back; a new secret has another ID and another key.</source>
        <translation>用它签名的程序从现在起将被拒绝。密钥无法恢复；新密钥的 ID 和内容都会不同。</translation>
    </message>
    <message>
        <source>&amp;Delete secret</source>
        <translation>删除密钥(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Delete %1 secrets</source>
        <translation>删除 %1 个密钥(&amp;D)</translation>
    </message>
    <message>
        <source>Secret %1</source>
        <translation>密钥 %1</translation>
    </message>
    <message>
        <source>%1 has a new key.</source>
        <translation>%1 已换用新密钥。</translation>
    </message>
    <message>
        <source>%1 is enabled.</source>
        <translation>%1 已启用。</translation>
    </message>
    <message>
        <source>%1 is disabled: requests signed with it are refused from now on.</source>
        <translation>%1 已禁用：从现在起，用它签名的请求会被拒绝。</translation>
    </message>
    <message>
        <source>End the old key of %1?</source>
        <translation>停用 %1 的旧密钥？</translation>
    </message>
    <message>
        <source>Last used: %1. Programs that still sign with it are refused from now on; it cannot be brought back.</source>
        <translation>最近使用：%1。仍用它签名的程序从现在起会被拒绝；此操作无法撤销。</translation>
    </message>
    <message>
        <source>&amp;End old key</source>
        <translation>停用旧密钥(&amp;E)</translation>
    </message>
    <message>
        <source>The old key of %1 has ended.</source>
        <translation>%1 的旧密钥已停用。</translation>
    </message>
</context>
<context>
    <name>iam::pages::Simulator</name>
    <message>
        <source>&amp;Owner of the policies</source>
        <translation>策略的所有者(&amp;O)</translation>
    </message>
    <message>
        <source>S&amp;ubject</source>
        <translation>主体(&amp;U)</translation>
    </message>
    <message>
        <source>Actio&amp;n</source>
        <translation>操作(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Resource</source>
        <translation>资源(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>提问(&amp;A)</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在询问…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Ctrl+Return</source>
        <translation>Ctrl+回车</translation>
    </message>
    <message>
        <source>Context as JSON</source>
        <translation>JSON 格式的上下文</translation>
    </message>
    <message>
        <source>The context is valid.</source>
        <translation>上下文有效。</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>This server cannot explain decisions</source>
        <translation>此服务器无法解释判定</translation>
    </message>
    <message>
        <source>It is older than this console. Nothing is wrong with the request.</source>
        <translation>它比本控制台旧。请求本身没有问题。</translation>
    </message>
</context>
<context>
    <name>iam::pages::SinkDetail</name>
    <message>
        <source>What became of them</source>
        <translation>去向</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录数</translation>
    </message>
    <message>
        <source>What became of the records</source>
        <translation>记录的去向</translation>
    </message>
    <message>
        <source>Records since counting began</source>
        <translation>自开始计数以来的记录</translation>
    </message>
    <message>
        <source>Dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>Not known: the server does not answer. As last heard:</source>
        <translation>未知：服务器没有响应。最后得知的状态：</translation>
    </message>
    <message>
        <source>taken by the sink</source>
        <translation>接收端已接收</translation>
    </message>
    <message>
        <source>filtered out</source>
        <translation>已过滤</translation>
    </message>
    <message>
        <source>dead letters</source>
        <translation>死信</translation>
    </message>
    <message>
        <source>missing: %1</source>
        <translation>缺失：%1</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>together: all that were made</source>
        <translation>合计：与产生的总数一致</translation>
    </message>
    <message>
        <source>together, but %1 were made</source>
        <translation>合计，但共产生 %1 条</translation>
    </message>
    <message>
        <source>Last error, %1: %2</source>
        <translation>最近的错误（%1）：%2</translation>
    </message>
    <message>
        <source>Last error: %1</source>
        <translation>最近的错误：%1</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Records of</source>
        <translation>记录来源</translation>
    </message>
    <message>
        <source>the old system&apos;s list</source>
        <translation>旧系统的队列</translation>
    </message>
    <message>
        <source>this server</source>
        <translation>本服务器</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>滞后</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Last taken</source>
        <extracomment>when the sink last took a record</extracomment>
        <translation>最近接收</translation>
    </message>
    <message>
        <source>not since the pump started</source>
        <translation>投递进程启动以来没有</translation>
    </message>
    <message>
        <source>Failed tries</source>
        <translation>失败次数</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>下次重试</translation>
    </message>
    <message>
        <source>Pump on</source>
        <translation>投递进程位于</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>状态更新</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>Counted from</source>
        <extracomment>a place in the log: a number that rises with each record</extracomment>
        <translation>计数起点</translation>
    </message>
    <message>
        <source>Settled up to</source>
        <translation>已处理至</translation>
    </message>
    <message>
        <source>None. A record that this sink can never take would be put into this file on %1.</source>
        <translation>没有。此接收端永远无法接收的记录会写入 %1 上的这个文件。</translation>
    </message>
    <message>
        <source>This file on %1 has a line of JSON for each of them, with the reason and the whole record. Read the reasons (jq -r .reason), mend the cause, and bring the records to their place by hand: the pump goes on without them.</source>
        <translation>%1 上的这个文件为每条死信保存一行 JSON，含原因和完整记录。请查看原因（jq -r .reason），排除故障，并手动补送这些记录：投递进程会跳过它们继续运行。</translation>
    </message>
</context>
<context>
    <name>iam::pages::SinkGuide</name>
    <message>
        <source>No pump has run here yet</source>
        <translation>这里还没有运行过记录投递</translation>
    </message>
    <message>
        <source>Every decision is recorded on the server that made it. A pump brings these records on to sinks: files, syslog, a database, Prometheus. Add this to the server&apos;s configuration (iam-server.yaml), change places and names, and start the server again.</source>
        <translation>每次判定都记录在作出它的服务器上。投递进程（pump）把这些记录送往接收端：文件、syslog、数据库、Prometheus。请把下面的内容加入服务器配置（iam-server.yaml），修改地址和名称，然后重新启动服务器。</translation>
    </message>
    <message>
        <source>A configuration with two sinks</source>
        <translation>含两个接收端的配置</translation>
    </message>
    <message>
        <source>A pump may also be a process of its own beside the server, also beside the one of this console: write only roles: [pump] in the first line, save it as pump.yaml, and run
iam-server --config pump.yaml --data-dir FOLDER
with the data folder of that server.</source>
        <translation>投递进程也可以作为独立进程与服务器（包括本控制台自带的服务器）并行运行：第一行只写 roles: [pump]，保存为 pump.yaml，然后用该服务器的数据目录运行
iam-server --config pump.yaml --data-dir 目录</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the configuration</source>
        <translation>复制配置</translation>
    </message>
</context>
<context>
    <name>iam::pages::StepRail</name>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
</context>
<context>
    <name>iam::pages::UserDetail</name>
    <message>
        <source>Show secrets</source>
        <translation>查看密钥</translation>
    </message>
    <message>
        <source>Show policies</source>
        <translation>查看策略</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>编辑…</translation>
    </message>
    <message>
        <source>Change password…</source>
        <translation>修改密码…</translation>
    </message>
    <message>
        <source>Disable…</source>
        <translation>禁用…</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>End log-in wait</source>
        <translation>解除登录等待</translation>
    </message>
    <message>
        <source>After wrong passwords an account has to wait before the next try. This ends the wait.</source>
        <translation>密码输错后，账户必须等待一段时间才能再次尝试。此操作结束等待。</translation>
    </message>
    <message>
        <source>Enable the user first.</source>
        <translation>请先启用该用户。</translation>
    </message>
</context>
<context>
    <name>iam::pages::UserEditor</name>
    <message>
        <source>For the log-in; it cannot be changed later.</source>
        <translation>用于登录；之后不能更改。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>8 to 16 characters with a-z, A-Z, 0-9 and a symbol.</source>
        <translation>8 到 16 个字符，须含 a-z、A-Z、0-9 和符号。</translation>
    </message>
    <message>
        <source>How people call the user; up to 30 characters.</source>
        <translation>对该用户的称呼；最多 30 个字符。</translation>
    </message>
    <message>
        <source>Optional.</source>
        <translation>可选。</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Administrator: may see and change everything</source>
        <translation>管理员：可查看和修改所有内容</translation>
    </message>
    <message>
        <source>Create u&amp;ser</source>
        <translation>创建用户(&amp;S)</translation>
    </message>
</context>
<context>
    <name>iam::pages::UserFacts</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Nickname</source>
        <translation>昵称</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>user</source>
        <translation>普通用户</translation>
    </message>
    <message>
        <source>Last log-in</source>
        <translation>上次登录</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>enabled</source>
        <translation>已启用</translation>
    </message>
    <message>
        <source>disabled: cannot log in, and its secrets are refused</source>
        <translation>已禁用：无法登录，其密钥被拒绝</translation>
    </message>
</context>
<context>
    <name>iam::pages::UserPage</name>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Who may log in. A user owns secrets and policies; both must belong to the same user to meet in a decision.</source>
        <translation>可以登录的用户。用户拥有密钥和策略；二者属于同一用户才能在判定中共同生效。</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑…(&amp;E)</translation>
    </message>
    <message>
        <source>Change &amp;password…</source>
        <translation>修改密码…(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除…(&amp;D)</translation>
    </message>
    <message>
        <source>Loading users…</source>
        <translation>正在加载用户…</translation>
    </message>
    <message>
        <source>No users yet</source>
        <translation>还没有用户</translation>
    </message>
    <message>
        <source>Create the first user; then give it a secret to sign requests with, and a policy.</source>
        <translation>请创建第一个用户，然后为其添加用于签名请求的密钥和策略。</translation>
    </message>
    <message>
        <source>New user</source>
        <translation>新建用户</translation>
    </message>
    <message>
        <source>No user has this in its name</source>
        <translation>没有名称包含此内容的用户</translation>
    </message>
    <message>
        <source>Search for less, or clear the search.</source>
        <translation>请缩短或清除搜索内容。</translation>
    </message>
    <message>
        <source>The users could not be loaded</source>
        <translation>无法加载用户</translation>
    </message>
    <message>
        <source>Search names</source>
        <translation>搜索名称</translation>
    </message>
    <message>
        <source>&amp;New user</source>
        <translation>新建用户(&amp;N)</translation>
    </message>
    <message>
        <source>Loading your entry…</source>
        <translation>正在加载您的信息…</translation>
    </message>
    <message>
        <source>User %1</source>
        <translation>用户 %1</translation>
    </message>
    <message>
        <source>%1 was saved.</source>
        <translation>%1 已保存。</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>User %1 was created.</source>
        <translation>已创建用户 %1。</translation>
    </message>
    <message>
        <source>The password of %1 was changed.</source>
        <translation>%1 的密码已修改。</translation>
    </message>
    <message>
        <source>Password of %1</source>
        <translation>%1 的密码</translation>
    </message>
    <message>
        <source>You cannot delete yourself.</source>
        <translation>不能删除自己。</translation>
    </message>
    <message>
        <source>Take your own name out of the selection, or log in as another administrator.</source>
        <translation>请取消选择自己，或以其他管理员身份登录。</translation>
    </message>
    <message>
        <source>Delete user %1?</source>
        <translation>删除用户 %1？</translation>
    </message>
    <message>
        <source>Delete %1 users?</source>
        <translation>删除 %1 个用户？</translation>
    </message>
    <message>
        <source>All their secrets and policies are deleted too: what signs requests with these secrets is refused from now on. This cannot be undone.</source>
        <translation>其所有密钥和策略也会一并删除：使用这些密钥签名的请求从现在起将被拒绝。此操作无法撤销。</translation>
    </message>
    <message>
        <source>&amp;Delete user</source>
        <translation>删除用户(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Delete %1 users</source>
        <translation>删除 %1 个用户(&amp;D)</translation>
    </message>
    <message>
        <source>Which users are listed</source>
        <translation>列出哪些用户</translation>
    </message>
    <message>
        <source>Enabled users</source>
        <translation>已启用的用户</translation>
    </message>
    <message>
        <source>Disabled users</source>
        <translation>已禁用的用户</translation>
    </message>
    <message>
        <source>All users</source>
        <translation>所有用户</translation>
    </message>
    <message>
        <source>You cannot disable yourself.</source>
        <translation>您不能禁用自己。</translation>
    </message>
    <message>
        <source>Log in as another administrator.</source>
        <translation>请以另一个管理员身份登录。</translation>
    </message>
    <message>
        <source>Disable user %1?</source>
        <translation>禁用用户 %1？</translation>
    </message>
    <message>
        <source>Every log-in of this user ends, and it cannot log in again. What signs requests with its secrets is refused from now on. Enabling the user later makes its secrets valid again; its log-ins stay ended.</source>
        <translation>该用户的所有登录都会结束，且无法再登录。使用其密钥签名的请求从现在起都会被拒绝。以后启用该用户会使其密钥重新有效；已结束的登录不会恢复。</translation>
    </message>
    <message>
        <source>&amp;Disable user</source>
        <translation>禁用用户(&amp;D)</translation>
    </message>
    <message>
        <source>%1 is enabled.</source>
        <translation>%1 已启用。</translation>
    </message>
    <message>
        <source>%1 is disabled.</source>
        <translation>%1 已禁用。</translation>
    </message>
    <message>
        <source>%1 may try to log in at once.</source>
        <translation>%1 现在可以立即尝试登录。</translation>
    </message>
</context>
<context>
    <name>iam::pages::UserSelf</name>
    <message>
        <source>Only administrators see the list of all users. This is your own entry; you may change it and your password.</source>
        <translation>只有管理员可以查看全部用户。这是您自己的信息，您可以修改它和您的密码。</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>编辑…(&amp;E)</translation>
    </message>
    <message>
        <source>Change &amp;password…</source>
        <translation>修改密码…(&amp;P)</translation>
    </message>
</context>
<context>
    <name>iam::pages::WaitingPage</name>
    <message>
        <source>&amp;Try again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Use a server elsewhere…</source>
        <translation>使用其他服务器…(&amp;U)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Use a server elsewhere</source>
        <translation>使用其他服务器</translation>
    </message>
</context>
<context>
    <name>iam::pages::WitnessTable</name>
    <message>
        <source>Witness</source>
        <translation>见证者</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>说法</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>时效</translation>
    </message>
    <message>
        <source>Witnesses of who has the virtual address</source>
        <translation>谁持有虚拟地址的见证</translation>
    </message>
    <message>
        <source>It has said so for %1</source>
        <translation>已这样说了 %1</translation>
    </message>
</context>
<context>
    <name>iam::shell::MainWindow</name>
    <message>
        <source>Users</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>判定记录</translation>
    </message>
    <message>
        <source>IAM Console</source>
        <translation>IAM 控制台</translation>
    </message>
    <message>
        <source>The bundled server did not start</source>
        <translation>自带的服务器未能启动</translation>
    </message>
    <message>
        <source>Your last session has ended.</source>
        <translation>您上次的会话已结束。</translation>
    </message>
    <message>
        <source>Starting the bundled server…</source>
        <translation>正在启动自带的服务器…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>User</source>
        <translation>普通用户</translation>
    </message>
    <message>
        <source>Bundled server</source>
        <translation>自带的服务器</translation>
    </message>
    <message>
        <source>Logged in until you close the console</source>
        <translation>登录状态保持到关闭控制台为止</translation>
    </message>
    <message>
        <source>No keyring of this desktop took the session, so it is kept in memory only.</source>
        <translation>本桌面没有可用的密钥环，因此会话仅保存在内存中。</translation>
    </message>
    <message>
        <source>Log out and drop what was typed?</source>
        <translation>退出登录并放弃输入的内容？</translation>
    </message>
    <message>
        <source>What you typed on these pages was not saved:</source>
        <translation>以下页面中输入的内容尚未保存：</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Close the console and drop what was typed?</source>
        <translation>关闭控制台并放弃输入的内容？</translation>
    </message>
    <message>
        <source>Close the console</source>
        <translation>关闭控制台</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Definition</source>
        <translation>集群定义</translation>
    </message>
    <message>
        <source>Pump</source>
        <translation>记录投递</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变更记录</translation>
    </message>
    <message>
        <source>Close the console in the middle of the work on a database?</source>
        <translation>数据库处理尚未完成，要关闭控制台吗？</translation>
    </message>
    <message>
        <source>It ends where it is. Nothing is lost: it goes on from there the next time, or the database is given back.</source>
        <translation>处理将就此中断。不会丢失任何东西：下次可以从那里继续，或者交还数据库。</translation>
    </message>
</context>
<context>
    <name>iam::shell::NavigationRail</name>
    <message>
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Ctrl+%2)</translation>
    </message>
    <message>
        <source>%1: not reachable</source>
        <translation>%1：无法连接</translation>
    </message>
    <message>
        <source>Old system…</source>
        <translation>旧系统…</translation>
    </message>
    <message>
        <source>Take over an old system</source>
        <translation>接管旧系统</translation>
    </message>
</context>
<context>
    <name>iam::widgets::ConfirmDialog</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… 以及另外 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>iam::widgets::DataTable</name>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Export as CSV…</source>
        <translation>导出为 CSV…(&amp;E)</translation>
    </message>
    <message>
        <source>C&amp;olumns</source>
        <translation>列(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation>重置列(&amp;R)</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出为 CSV</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV 文件 (*.csv)</translation>
    </message>
    <message>
        <source>Not all rows could be loaded.</source>
        <translation>未能加载全部行。</translation>
    </message>
</context>
<context>
    <name>iam::widgets::DiffView</name>
    <message>
        <source>  … %1 lines the same …</source>
        <translation>  … %1 行相同 …</translation>
    </message>
</context>
<context>
    <name>iam::widgets::JsonEditor</name>
    <message>
        <source>Forma&amp;t</source>
        <translation>格式化(&amp;T)</translation>
    </message>
    <message>
        <source>Nothing is wrong.</source>
        <translation>没有错误。</translation>
    </message>
    <message>
        <source>Tab leaves the text; Ctrl+] and Ctrl+[ move lines in and out.</source>
        <translation>Tab 键离开文本；Ctrl+] 和 Ctrl+[ 增减缩进。</translation>
    </message>
    <message>
        <source>Sets line breaks and indentation anew</source>
        <translation>重新设置换行和缩进</translation>
    </message>
    <message>
        <source>Format the text</source>
        <translation>格式化文本</translation>
    </message>
    <message>
        <source>Faults; Return goes to the place</source>
        <translation>错误列表；按回车键转到相应位置</translation>
    </message>
    <message>
        <source>1 fault:</source>
        <translation>1 处错误：</translation>
    </message>
    <message>
        <source>%1 faults:</source>
        <translation>%1 处错误：</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
</context>
<context>
    <name>iam::widgets::LiveChart</name>
    <message>
        <source>2 min ago</source>
        <translation>2 分钟前</translation>
    </message>
    <message>
        <source>1 min ago</source>
        <translation>1 分钟前</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>iam::widgets::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>iam::widgets::PageScaffold</name>
    <message>
        <source>%1 (Ctrl+F)</source>
        <translation>%1 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>iam::widgets::SecretField</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>隐藏%1</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>显示%1</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>复制%1</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>%1 was copied</source>
        <translation>已复制%1</translation>
    </message>
</context>
<context>
    <name>iam::widgets::SidePanel</name>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭 (Esc)</translation>
    </message>
    <message>
        <source>Close the panel</source>
        <translation>关闭面板</translation>
    </message>
</context>
<context>
    <name>iam::widgets::StatusMark</name>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
</context>
<context>
    <name>iam::widgets::StrengthMeter</name>
    <message>
        <source>Strength of the password</source>
        <translation>密码强度</translation>
    </message>
    <message>
        <source>Strength of the password: %1</source>
        <translation>密码强度：%1</translation>
    </message>
    <message>
        <source>guessed at once</source>
        <translation>极易猜中</translation>
    </message>
    <message>
        <source>weak</source>
        <translation>弱</translation>
    </message>
    <message>
        <source>fair</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>strong</source>
        <translation>强</translation>
    </message>
</context>
<context>
    <name>iam::widgets::TopologyView</name>
    <message>
        <source>Topology</source>
        <translation>拓扑</translation>
    </message>
</context>
</TS>
