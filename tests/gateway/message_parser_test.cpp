// Requests as they come in pieces, without a socket that may join them.
#include "gateway/message_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <gtest/gtest.h>

namespace {

using gateway::MessageParser;
using Step = MessageParser::Step;

struct Pieces : testing::Test {
    Step read_head(std::string_view piece) { return parser.read_head(append(piece)); }
    Step read_body(std::string_view piece) { return parser.read_body(append(piece)); }

    boost::beast::flat_buffer &append(std::string_view piece) {
        buffer.commit(boost::asio::buffer_copy(buffer.prepare(piece.size()), boost::asio::buffer(piece)));
        return buffer;
    }

    config::Limits limits;
    wire::Request request;
    boost::beast::flat_buffer buffer;
    MessageParser parser{request, limits};
};

TEST_F(Pieces, OfTheLastChunkMayBeSingleBytes) {
    ASSERT_EQ(read_head("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n"), Step::complete);
    for (auto const *piece : {"3", "\r\n", "abc", "\r", "\n", "0", "\r", "\n", "\r"})
        EXPECT_EQ(read_body(piece), Step::more) << piece;
    EXPECT_EQ(read_body("\n"), Step::complete);
    EXPECT_EQ(request.body, "abc");
}

TEST_F(Pieces, OfALastChunkThatIsTheOnlyOneMayBeSingleBytes) {
    ASSERT_EQ(read_head("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n"), Step::complete);
    for (auto const *piece : {"0", "\r", "\n", "", "\r"}) EXPECT_EQ(read_body(piece), Step::more) << piece;
    EXPECT_EQ(read_body("\n"), Step::complete);
}

TEST_F(Pieces, OfABodyMayLookLikeALastChunk) {
    ASSERT_EQ(read_head("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 3\r\n\r\n"), Step::complete);
    EXPECT_EQ(read_body("0\r\n"), Step::complete);
    EXPECT_EQ(request.body, "0\r\n");
}

} // namespace
