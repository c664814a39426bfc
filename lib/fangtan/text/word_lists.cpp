// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/word_lists.hpp"

#include <algorithm>

#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::word_lists {
namespace {

constexpr std::string_view kSurnames =
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚"
    "程嵇邢滑裴陆荣翁荀羊惠甄曲封储靳段富巫乌焦巴弓牧谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍闻莘党翟谭贡劳逄姬申扶堵冉宰"
    "郦雍却桑桂牛寿通边扈燕冀郏浦尚农温庄晏柴瞿阎慕连茹习艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾沙丰关相查后荆红游竺权盖益桓公肖闫岳佟仝覃"
    " 欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 独孤 南宫";

constexpr std::string_view kCantoneseCharacters =
    "嘅喺咗嚟哋唔佢冇啲嗰喎噉咁嘢啫咩嘞喇㗎嘛吖乜嘥攞揾搵瞓谂畀嚿攰嗌掟摷孭踎嬲黐氹掹噏唞啱睇餸脷嘟嗱噃啩囉喔嘑咋咪嘈劏揸孖";

constexpr std::string_view kCantoneseWords =
    // persons
    "我哋 你哋 佢哋 人哋 人地 大家 边个 边位 乜谁 阿妈 阿爸 阿嫲 阿婆 阿公 细路 细路仔 细路女 细佬 大佬 家姐 细妹 老豆 老母 后生仔 老人家 街坊 阿sir "
    // places and times
    "呢度 嗰度 边度 呢边 嗰边 嗰处 呢处 而家 家下 家阵 嗰阵 嗰阵时 嗰时 呢排 嗰排 今日 听日 寻日 琴日 前日 后日 今朝 听朝 今晚 寻晚 琴晚 听晚 朝早 上昼 下昼 晏昼 夜晚 夜晚黑 旧年 出年 头先 "
    "啱啱 啱先 即刻 成日 日日 晚晚 不嬲 一阵 一阵间 阵间 迟啲 后尾 跟住 之后 之前 嗰日 屋企 "
    // what, how, why
    "乜嘢 咩嘢 乜野 点解 点样 点算 点知 几时 几多 几耐 几咁 咁多 咁样 噉样 咁耐 咁滞 为乜 为咩 做乜 做咩 "
    // being, having, not
    "即係 但係 定係 还係 总係 净係 梗係 紧係 亦係 系咪 係咪 咪係 唔好 唔该 唔使 唔止 唔单止 唔通 唔觉意 冇得 冇乜 未必 唔系 "
    // joining
    "同埋 同理 抑或 或者 不过 虽然 虽则 所以 因为 因住 为咗 除咗 如果 如果唔係 若果 除非 于是 于是乎 而且 反而 反正 横掂 总之 其实 卒之 结果 话晒 话时话 讲真 讲真话 老实讲 "
    // how much, how
    "一啲 有啲 少少 啲啲 好似 好彩 好鬼 几乎 差啲 差唔多 仲有 仲係 尤其 特登 专登 求其 是但 一齐 一路 一于 慢慢 渐渐 逐个 逐啲 净系 亦都 都仲 仲要 再嚟 "
    // everyday verbs
    "锺意 钟意 中意 倾偈 倾计 倾下 返工 放工 收工 返学 放学 返屋企 食饭 饮茶 瞓觉 冲凉 着衫 揾工 搵工 揾食 搵食 揾人 搵人 谂住 谂到 记得 唔记得 识得 晓得 得闲 得意 帮手 帮衬 打理 理得 惗住 "
    "攞嚟 攞去 畀面 嘥气 嘥时间 发梦 发嬲 嬲豆 闹交 嗌交 打交 开工 停手 行街 行开 企喺 坐喺 住喺 摆喺 返嚟 返去 过嚟 过去 出嚟 出去 入嚟 入去 上嚟 上去 落嚟 落去 起身 起上嚟 "
    "使乜 使钱 揾钱 搵钱 储钱 交租 执屋 执嘢 搬屋 着数 麻烦 得返 搞掂 搞掂晒 搞错 话畀 讲畀 听讲 睇法 睇医生 睇住 睇下 睇到 见到 听到 谂法 "
    // everyday qualities
    "靓仔 靓女 叻仔 叻女 犀利 论尽 论盡 肉紧 心淡 心噏 心急 乸型 孤寒 大声 细声 细个 大个 后生 得戚 巴闭 麻麻 麻麻哋 几好 好耐 好多 好少 好劲 咸湿 腌尖 闭翳 激气 激心 湿滞 化学 冇用 冇谱 冇心 冇力 "
    // ends of sentences and fillers
    "嘅话 㗎喇 㗎啦 嘅啫 啫嘛 嚟㗎 嚟嘅 吖嘛 系啦 係啦 系喇 係喇 系呀 係呀 好啦 好喇 算啦 算喇 哎呀 哎吔 喂 嗱 唉";

constexpr std::string_view kMixedWords =
    "T恤 T台 K歌 K线 B超 X光 X射线 卡拉OK 阿Q AA制 U盘 Q币 A股 B股 H股 IC卡 SIM卡 IP卡 ATM机 POS机 Z世代 C位 A型 B型 O型 AB型 T型 U型 S型 V领 C语言 UP主 三K党 双11 双12 4S店 A4纸 N次 Y染色体 D字头 G字头";

std::vector<std::u32string> words_of(std::string_view list) {
    std::vector<std::u32string> words;
    std::size_t at = 0;
    while (at < list.size()) {
        const std::size_t end = std::min(list.find(' ', at), list.size());
        if (end > at) words.push_back(utf8::to_code_points(fold(list.substr(at, end - at))));
        at = end + 1;
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace

const std::vector<std::u32string>& surnames() {
    static const std::vector<std::u32string> names = [] {
        std::vector<std::u32string> all;
        for (const std::u32string& word : words_of(kSurnames)) {
            if (word.size() == 2) {
                all.push_back(word);
                continue;
            }
            for (const char32_t c : word) all.emplace_back(1, c);
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }();
    return names;
}

std::u32string_view cantonese_characters() {
    static const std::u32string characters = utf8::to_code_points(fold(kCantoneseCharacters));
    return characters;
}

const std::vector<std::u32string>& cantonese_words() {
    static const std::vector<std::u32string> words = words_of(kCantoneseWords);
    return words;
}

const std::vector<std::u32string>& mixed_words() {
    static const std::vector<std::u32string> words = words_of(kMixedWords);
    return words;
}

std::u32string_view numerals() { return U"〇零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"; }

}  // namespace fangtan::word_lists
