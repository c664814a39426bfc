// SPDX-License-Identifier: Apache-2.0
//
// Folding: one code point to one code point, the same for both scripts, both
// widths and both cases.
#include "fangtan/text/fold.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "fangtan/text/utf8.hpp"

using namespace fangtan;

namespace {

bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

}  // namespace

TEST_CASE("folding twice is folding once, and both functions fold alike") {
    std::size_t changed = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (is_surrogate(c)) continue;
        const char32_t folded = fold(c);
        changed += folded != c ? 1 : 0;
        if (fold(folded) != folded) {
            CAPTURE(static_cast<unsigned>(c));
            REQUIRE(fold(folded) == folded);
        }
    }
    CHECK(changed > 4'000);
    std::u32string all;
    std::u32string expected;
    for (char32_t c = 0; c <= 0x2FFFF; ++c) {
        if (is_surrogate(c)) continue;
        all += c;
        expected += fold(c);
    }
    CHECK(utf8::to_code_points(fold(utf8::from_code_points(all))) == expected);
}

TEST_CASE("the table is sorted and says only what changes") {
    const auto pairs = fold_pairs();
    // ASCII capitals are folded without it; those it holds must agree.
    std::size_t wrong = 0;
    for (const FoldPair& pair : pairs) wrong += pair.from == pair.to || fold(pair.from) != pair.to ? 1 : 0;
    CHECK(wrong == 0);
    CHECK(std::is_sorted(pairs.begin(), pairs.end(), [](const FoldPair& a, const FoldPair& b) { return a.from < b.from; }));
    CHECK(fold_table_sha256().size() == 64);
    CHECK(fold_table_sha256().find_first_not_of("0123456789abcdef") == std::string_view::npos);
}

TEST_CASE("what one character folds to") {
    struct Case {
        char32_t from;
        char32_t to;
    };
    const std::vector<Case> cases = {
        {U'A', U'a'}, {U'z', U'z'}, {U'0', U'0'}, {U'É', U'é'}, {U'Σ', U'σ'}, {U'Я', U'я'},            // case
        {U'Ａ', U'a'}, {U'ｚ', U'z'}, {U'０', U'0'}, {U'，', U','}, {U'：', U':'}, {U'\u3000', U' '},   // width
        {U'ｶ', U'カ'}, {U'￥', U'¥'},
        {U'警', U'警'}, {U'務', U'务'}, {U'會', U'会'}, {U'臺', U'台'}, {U'檯', U'台'}, {U'颱', U'台'},  // script
        {U'後', U'后'}, {U'髮', U'发'}, {U'發', U'发'}, {U'裡', U'里'}, {U'裏', U'里'}, {U'乾', U'干'}, {U'幹', U'干'},
        {U'著', U'着'}, {U'麼', U'么'}, {U'麽', U'么'}, {U'瞭', U'了'}, {U'妳', U'你'}, {U'峯', U'峰'}, {U'爲', U'为'},
        {U'為', U'为'}, {U'説', U'说'}, {U'說', U'说'}, {U'綫', U'线'}, {U'線', U'线'}, {U'羣', U'群'}, {U'衆', U'众'},
        {U'\uF9E4', U'理'}, {U'\u2F00', U'一'}, {U'\U0002F800', U'丽'},                              // compatibility ideographs
        {U'嘅', U'嘅'}, {U'\u0301', U'\u0301'}, {U'。', U'。'}, {U'😀', U'😀'}, {U'ß', U'ß'},          // left alone
    };
    for (const Case& each : cases) {
        CAPTURE(utf8::from_code_points(std::u32string(1, each.from)));
        CHECK(utf8::from_code_points(std::u32string(1, fold(each.from))) == utf8::from_code_points(std::u32string(1, each.to)));
    }
}

TEST_CASE("words of both scripts meet, whichever of several characters they use") {
    struct Case {
        std::string simplified;
        std::string traditional;
    };
    const std::vector<Case> cases = {
        {"后来", "後來"}, {"皇后", "皇后"}, {"头发", "頭髮"}, {"发现", "發現"}, {"里面", "裡面"}, {"公里", "公里"}, {"台湾", "臺灣"}, {"台湾", "台灣"},
        {"干净", "乾淨"}, {"干部", "幹部"}, {"干涉", "干涉"}, {"面条", "麵條"}, {"表面", "表面"}, {"只有", "只有"}, {"一只", "一隻"}, {"钟表", "鐘錶"},
        {"钟情", "鍾情"}, {"制度", "制度"}, {"制造", "製造"}, {"复杂", "複雜"}, {"恢复", "恢復"}, {"答复", "答覆"}, {"松树", "松樹"}, {"放松", "放鬆"},
        {"准备", "準備"}, {"批准", "批准"}, {"几乎", "幾乎"}, {"茶几", "茶几"}, {"系统", "系統"}, {"关系", "關係"}, {"联系", "聯繫"}, {"了解", "瞭解"},
        {"一目了然", "一目瞭然"}, {"周末", "週末"}, {"周围", "周圍"}, {"志愿", "志願"}, {"杂志", "雜誌"}, {"咨询", "諮詢"}, {"伙伴", "夥伴"}, {"吃饭", "喫飯"},
        {"谷物", "穀物"}, {"山谷", "山谷"}, {"斗争", "鬥爭"}, {"北斗", "北斗"}, {"余下", "餘下"}, {"脏", "髒"}, {"心脏", "心臟"}, {"征求", "徵求"},
        {"长征", "長征"}, {"云", "雲"}, {"人云亦云", "人云亦云"}, {"千里", "千里"}, {"秋千", "鞦韆"}, {"姜", "薑"}, {"姓姜", "姓姜"}, {"党", "黨"},
        {"警务", "警務"}, {"邻里纠纷", "鄰里糾紛"}, {"个案", "個案"}, {"什么", "甚麼"}, {"为什么", "為什麽"}, {"ABC", "ａｂｃ"}, {"１２", "12"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.simplified);
        // 甚 and 什 are different words to a table of characters.
        const bool alike = each.traditional != "甚麼";
        CHECK((fold(std::string_view(each.simplified)) == fold(std::string_view(each.traditional))) == alike);
    }
    CHECK(fold(std::string_view("非警務報警 ＯＫ")) == "非警务报警 ok");
    CHECK(fold(std::string_view()).empty());
}

// Sentences and what OpenCC makes of them: s2t, s2tw, s2hk.
TEST_CASE("a text and its conversions fold alike") {
    const std::vector<std::array<std::string, 4>> sentences = {
        {"他说完就走了，后来皇后也走了。", "他說完就走了，後來皇后也走了。", "他說完就走了，後來皇后也走了。", "他説完就走了，後來皇后也走了。"},
        {"头发白了，发现没有人管。", "頭髮白了，發現沒有人管。", "頭髮白了，發現沒有人管。", "頭髮白了，發現沒有人管。"},
        {"台风吹倒了台灯，后台很乱。", "颱風吹倒了檯燈，後臺很亂。", "颱風吹倒了檯燈，後臺很亂。", "颱風吹倒了枱燈，後台很亂。"},
        {"我们在干什么，干部说要干净的干粮。", "我們在幹什麼，幹部說要乾淨的乾糧。", "我們在幹什麼，幹部說要乾淨的乾糧。", "我們在幹什麼，幹部説要乾淨的乾糧。"},
        {"里面有三里路，邻里关系很好。", "裏面有三里路，鄰里關係很好。", "裡面有三里路，鄰里關係很好。", "裏面有三里路，鄰里關係很好。"},
        {"面条在外面卖，面子最重要。", "麪條在外面賣，面子最重要。", "麵條在外面賣，面子最重要。", "麪條在外面賣，面子最重要。"},
        {"只有一只猫，只好养着。", "只有一隻貓，只好養着。", "只有一隻貓，只好養著。", "只有一隻貓，只好養着。"},
        {"钟表响了，他对她情有独钟。", "鐘錶響了，他對她情有獨鍾。", "鐘錶響了，他對她情有獨鍾。", "鐘錶響了，他對她情有獨鍾。"},
        {"谷物丰收，山谷里很热闹。", "穀物豐收，山谷裏很熱鬧。", "穀物豐收，山谷裡很熱鬧。", "穀物豐收，山谷裏很熱鬧。"},
        {"这只表坏了，请填一下表格。", "這隻表壞了，請填一下表格。", "這隻表壞了，請填一下表格。", "這隻表壞了，請填一下表格。"},
        {"社区的警务联络员姓范，做事很规范。", "社區的警務聯絡員姓範，做事很規範。", "社區的警務聯絡員姓範，做事很規範。", "社區的警務聯絡員姓範，做事很規範。"},
        {"于是他终于了解了，一目了然。", "於是他終於瞭解了，一目瞭然。", "於是他終於瞭解了，一目瞭然。", "於是他終於瞭解了，一目瞭然。"},
        {"几个人坐在茶几旁边。", "幾個人坐在茶几旁邊。", "幾個人坐在茶几旁邊。", "幾個人坐在茶几旁邊。"},
        {"系统里没有这个联系人，关系不到位。", "系統裏沒有這個聯繫人，關係不到位。", "系統裡沒有這個聯繫人，關係不到位。", "系統裏沒有這個聯繫人，關係不到位。"},
        {"制造业的制度要改，复制一份复习材料。", "製造業的制度要改，複製一份複習材料。", "製造業的制度要改，複製一份複習材料。", "製造業的制度要改，複製一份複習材料。"},
        {"老板说地板太脏，得擦一擦。", "老闆說地板太髒，得擦一擦。", "老闆說地板太髒，得擦一擦。", "老闆説地板太髒，得擦一擦。"},
        {"征求意见之后，象征性地开了个会。", "徵求意見之後，象徵性地開了個會。", "徵求意見之後，象徵性地開了個會。", "徵求意見之後，象徵性地開了個會。"},
        {"冲突发生在下午，茶冲好了。", "衝突發生在下午，茶衝好了。", "衝突發生在下午，茶衝好了。", "衝突發生在下午，茶衝好了。"},
        {"向着目标走，向导在前面带路。", "向着目標走，嚮導在前面帶路。", "向著目標走，嚮導在前面帶路。", "向着目標走，嚮導在前面帶路。"},
        {"准备好了，批准下来了，水准不高。", "準備好了，批准下來了，水準不高。", "準備好了，批准下來了，水準不高。", "準備好了，批准下來了，水準不高。"},
        {"他的志愿是当志愿者，杂志上写过。", "他的志願是當志願者，雜誌上寫過。", "他的志願是當志願者，雜誌上寫過。", "他的志願是當志願者，雜誌上寫過。"},
        {"余下的钱很多，其余的不管。", "餘下的錢很多，其餘的不管。", "餘下的錢很多，其餘的不管。", "餘下的錢很多，其餘的不管。"},
        {"游泳和旅游都要报名，郁闷的人很多，树木郁郁葱葱。", "游泳和旅遊都要報名，鬱悶的人很多，樹木鬱鬱蔥蔥。", "游泳和旅遊都要報名，鬱悶的人很多，樹木鬱鬱蔥蔥。", "游泳和旅遊都要報名，鬱悶的人很多，樹木鬱鬱葱葱。"},
        {"注册和注意，注解写在下面。", "註冊和注意，註解寫在下面。", "註冊和注意，註解寫在下面。", "註冊和注意，註解寫在下面。"},
        {"松口镇的松树，放松一点。", "鬆口鎮的松樹，放鬆一點。", "鬆口鎮的松樹，放鬆一點。", "鬆口鎮的松樹，放鬆一點。"},
        {"曲折的歌曲，酒曲的味道。", "曲折的歌曲，酒麴的味道。", "曲折的歌曲，酒麴的味道。", "曲折的歌曲，酒麴的味道。"},
        {"周末一周一次，周围都是人。", "週末一週一次，周圍都是人。", "週末一週一次，周圍都是人。", "週末一週一次，周圍都是人。"},
        {"回来的路上迂回了一下，回信没收到。", "回來的路上迂迴了一下，回信沒收到。", "回來的路上迂迴了一下，回信沒收到。", "回來的路上迂迴了一下，回信沒收到。"},
        {"布告贴在墙上，分布在各处，布匹很贵。", "佈告貼在牆上，分佈在各處，布匹很貴。", "佈告貼在牆上，分佈在各處，布匹很貴。", "佈告貼在牆上，分佈在各處，布匹很貴。"},
        {"杠杆、旗杆、栏杆都坏了，占便宜的人占了座位。", "槓桿、旗杆、欄杆都壞了，佔便宜的人佔了座位。", "槓桿、旗杆、欄杆都壞了，佔便宜的人佔了座位。", "槓桿、旗杆、欄杆都壞了，佔便宜的人佔了座位。"},
        {"群众反映真实情况，说为什么线索没有启用。", "羣衆反映真實情況，說爲什麼線索沒有啓用。", "群眾反映真實情況，說為什麼線索沒有啟用。", "羣眾反映真實情況，説為什麼線索沒有啓用。"},
        {"峰会在灶台边开，抬头看见床铺，吃了一惊。", "峯會在竈臺邊開，抬頭看見牀鋪，喫了一驚。", "峰會在灶臺邊開，抬頭看見床鋪，吃了一驚。", "峯會在灶台邊開，抬頭看見牀鋪，吃了一驚。"},
        {"药品、咸菜、胡须、必须、丑时、小丑。", "藥品、鹹菜、鬍鬚、必須、丑時、小丑。", "藥品、鹹菜、鬍鬚、必須、丑時、小丑。", "藥品、鹹菜、鬍鬚、必須、丑時、小丑。"},
        {"脏话、心脏、肮脏；升级、上升、一升米。", "髒話、心臟、骯髒；升級、上升、一升米。", "髒話、心臟、骯髒；升級、上升、一升米。", "髒話、心臟、骯髒；升級、上升、一升米。"},
        {"老幺打了幺幺零，什么也没说。", "老幺打了幺幺零，什麼也沒說。", "老么打了么么零，什麼也沒說。", "老幺打了幺幺零，什麼也沒説。"},
    };
    for (const auto& forms : sentences) {
        CAPTURE(forms[0]);
        for (std::size_t i = 1; i < forms.size(); ++i) {
            CHECK(utf8::count(forms[i]) == utf8::count(forms[0]));
            CHECK(fold(std::string_view(forms[i])) == fold(std::string_view(forms[0])));
        }
    }
}

TEST_CASE("characters that stand for several") {
    const auto of = [](char32_t c) -> std::string {
        const auto all = ligatures();
        const auto found = std::find_if(all.begin(), all.end(), [&](const Ligature& entry) { return entry.from == c; });
        return found == all.end() ? "" : found->to;
    };
    CHECK(of(U'㎏') == "kg");
    CHECK(of(U'ﬁ') == "fi");
    CHECK(of(U'ß') == "ss");
    CHECK(of(U'社').empty());
    std::size_t wrong = 0;
    for (const Ligature& entry : ligatures()) {
        wrong += utf8::count(entry.to) < 2 || fold(std::string_view(entry.to)) != entry.to ? 1 : 0;
    }
    CHECK(wrong == 0);
}

TEST_CASE("composed and decomposed letters") {
    CHECK(composed("e\u0301") == "é");
    CHECK(decomposed("é") == "e\u0301");
    CHECK(composed("社工 kg") == "社工 kg");
    CHECK(decomposed("社工 kg") == "社工 kg");
    CHECK(composed("") == "");
}

TEST_CASE("words that OpenCC's phrases exchange are no variants") {
    for (const auto& [a, b] : {std::pair{U'呆', U'待'}, std::pair{U'坐', U'座'}, std::pair{U'具', U'俱'}, std::pair{U'庇', U'蔽'}}) CHECK(fold(a) != fold(b));
}
