#pragma once
// XML as a document and documents as XML, for the tools that speak both. What XML has no notion of (lists,
// dictionaries) comes from a dialect's own small tables.
#include "canonical/error.hpp"

#include <boost/json/value.hpp>
#include <span>
#include <string>
#include <string_view>

namespace dialects {

struct XmlRules {
    std::span<std::string_view const> lists = {};        // elements whose children are items, whatever their names
    std::span<std::string_view const> dictionaries = {}; // elements that are objects even when they are empty
    bool empty_is_null = false;                          // otherwise an empty element is ""
    std::size_t depth = 32;
    std::size_t attributes = 32; // of one element
    std::size_t nodes = 10'000;  // elements, CDATA sections and comments
};

struct XmlDocument {
    std::string root; // its name
    boost::json::value value;
};

// An element with elements in it becomes an object, repeated ones an array; one with text alone a string; one with
// nil="true" null. <item>s in one element are a list where no table says so, <item key="x">v</item> and
// <KeyValueOf…><Key>x</Key><Value>v</Value></KeyValueOf…> members of a dictionary. Prefixes, other attributes and
// comments count for nothing; names are compared without regard to case with those of the tables. Fails with
//   malformed         also for a DOCTYPE, a processing instruction, an entity beyond the five, text between elements
//   too_large         beyond one of the limits
//   unsupported_type  an encoding other than UTF-8
canonical::Result<XmlDocument> parse_xml(std::string_view text, XmlRules const &rules = {},
                                         boost::json::storage_ptr memory = {});

struct XmlNames {
    enum class Nulls : unsigned char { empty, omitted };
    enum class Empty : unsigned char { closed, spaced, pair }; // <a/>, <a />, <a></a>

    std::string_view root;
    std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8"?>)";
    // What the items of a list are called: <tags><tag>…</tag><tag>…</tag></tags>. Where it is missing or says nothing,
    // the list's own name is repeated, <tags>…</tags><tags>…</tags>, and an empty list leaves nothing.
    std::string_view (*item)(std::string_view list) = nullptr;
    std::span<std::string_view const> dictionaries = {}; // written as <KeyValueOf…>
    Nulls nulls = Nulls::empty;
    Empty empty = Empty::closed;
};

// Characters that XML cannot hold become U+FFFD, letters that no name can have _xHHHH_.
std::string to_xml(boost::json::value const &value, XmlNames const &names);

} // namespace dialects
